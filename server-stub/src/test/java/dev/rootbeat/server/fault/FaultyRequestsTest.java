package dev.rootbeat.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Response.Code;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultyRequestsTest {

    private static final RotPublicUid DEVICE = RotPublicUid.parse("0a04f008003c9623");
    private static final Response REPLY = Response.changed(Bytes.of(new byte[] {(byte) 0xa1, 1, 2}));

    private final VirtualTime time = new VirtualTime(Instant.EPOCH);
    private final List<Request> handled = new ArrayList<>();
    private final List<Response> answers = new ArrayList<>();

    @Test
    void without_a_fault_requests_and_answers_pass() {
        send("results reject", Request.HEARTBEAT);

        assertThat(answers).containsExactly(REPLY);
    }

    @Test
    void a_rejected_request_is_not_looked_at() {
        send("heartbeat reject", Request.HEARTBEAT);

        assertThat(handled).isEmpty();
        assertThat(answers).extracting(Response::code).containsExactly(Code.FORBIDDEN);
    }

    @Test
    void a_device_is_told_to_wait() {
        send("heartbeat 4.29 30s", Request.HEARTBEAT);
        send("results 5.03 10s", Request.RESULTS);

        assertThat(handled).isEmpty();
        assertThat(answers)
                .extracting(Response::code)
                .containsExactly(Code.TOO_MANY_REQUESTS, Code.SERVICE_UNAVAILABLE);
        assertThat(answers)
                .extracting(Response::maxAge)
                .containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    @Test
    void a_lost_request_reaches_nobody_and_a_lost_reply_was_for_a_request_that_did() {
        send("heartbeat lose-request", Request.HEARTBEAT);
        assertThat(handled).isEmpty();
        send("heartbeat lose-reply", Request.HEARTBEAT);

        assertThat(handled).hasSize(1);
        assertThat(answers).isEmpty();
    }

    @Test
    void a_delayed_answer_comes_as_it_is() {
        send("heartbeat delay 5s", Request.HEARTBEAT);
        time.runFor(Duration.ofMillis(4_999));
        assertThat(answers).isEmpty();
        time.runFor(Duration.ofMillis(1));

        assertThat(answers).containsExactly(REPLY);
    }

    @Test
    void a_garbled_answer_differs_in_one_bit() {
        send("results garble", Request.RESULTS);

        assertThat(answers).containsExactly(Response.changed(Bytes.of(new byte[] {(byte) 0x81, 1, 2})));
    }

    private void send(String fault, String path) {
        var requests = new FaultyRequests(
                (_, request, answer) -> {
                    handled.add(request);
                    answer.accept(REPLY);
                },
                new Faults(List.of(Fault.parse(fault)), 0),
                time.executor("server"));
        requests.handle(DEVICE, new Request(path, Bytes.of(new byte[] {1})), answers::add);
    }
}
