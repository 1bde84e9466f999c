package dev.rootbeat.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.event.Message;
import dev.rootbeat.server.event.Sender.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FaultySenderTest {

    @Test
    void a_message_to_a_receiver_that_is_down_is_not_sent_and_the_next_one_is() {
        var sent = new ArrayList<Message>();
        var sender = new FaultySender(
                message -> {
                    sent.add(message);
                    return CompletableFuture.completedFuture(new Answer.Taken());
                },
                new Faults(List.of(Fault.parse("once webhook down")), 0));
        var first = new Message("http://127.0.0.1:1/", Bytes.of(new byte[] {1}), "signature");
        var second = new Message("http://127.0.0.1:1/", Bytes.of(new byte[] {2}), "signature");

        assertThat(sender.send(first)).isCompletedWithValue(new Answer.Failed("a fault of the server"));
        assertThat(sender.send(second)).isCompletedWithValue(new Answer.Taken());
        assertThat(sent).containsExactly(second);
    }
}
