package dev.rootbeat.module.at;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rootbeat.sim.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandTableTest {

    static final class NoAnswer {
        @AtCommand("+A")
        void nothing() {}
    }

    static final class NoCommand {
        @AtCommand("AT+A")
        Answer spelled() {
            return Answer.OK;
        }
    }

    static final class NoLimit {
        @AtCommand("+A=")
        Answer unlimited(int number) {
            return Answer.OK;
        }
    }

    static final class WrongType {
        @AtCommand("+A=")
        Answer typed(@Length(max = 3) Object text) {
            return Answer.OK;
        }
    }

    static final class NullableFirst {
        @AtCommand("+A=")
        Answer ordered(@Range(to = 3) @Nullable Integer first, @Range(to = 3) int second) {
            return Answer.OK;
        }
    }

    static final class BoxedAndRequired {
        @AtCommand("+A=")
        Answer boxed(@Range(to = 3) Integer number) {
            return Answer.OK;
        }
    }

    @Test
    void a_method_that_makes_no_sense_is_named_at_the_start() {
        refused(NoAnswer.class, "nothing", "must return an Answer");
        refused(NoCommand.class, "spelled", "\"AT+A\" is no command");
        refused(NoLimit.class, "", "needs a limit: @Range");
        refused(WrongType.class, "", "neither a number nor text");
        refused(NullableFirst.class, "ordered", "follows one that need not");
        refused(BoxedAndRequired.class, "", "may be left out");
    }

    @Test
    void a_product_without_the_service_does_not_support_its_commands() {
        var host = new StringBuilder();
        var session = new AtSession(
                CommandTable.of(Conversation.Commands.class),
                Map.of(),
                new VirtualTime(Instant.EPOCH).executor("module"),
                octets -> host.append(new String(octets, StandardCharsets.ISO_8859_1)));
        session.profile().set(Profile.Parameter.ECHO, 0);
        session.errorFormat(1);
        session.input("AT+ONE\rAT+NUM=?\r".getBytes(StandardCharsets.US_ASCII));
        assertThat(host.toString()).isEqualTo("\r\n+CME ERROR: 4\r\n\r\n+CME ERROR: 4\r\n");
    }

    private static void refused(Class<?> service, String method, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandTable.of(service))
                .withMessageContaining(method)
                .withMessageContaining(why);
    }
}
