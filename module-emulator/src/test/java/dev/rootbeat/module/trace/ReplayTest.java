package dev.rootbeat.module.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rootbeat.module.Product;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private final TracedModule recorded = new TracedModule(true, builder -> builder);

    private static List<Difference> play(List<TraceLine> trace, TracedModule module) {
        CompletableFuture<List<Difference>> done = Replay.play(trace, 1, module.module, module.executor);
        module.time.runUntil(done::isDone, Duration.ofHours(1));
        return done.join();
    }

    @Test
    void a_module_like_the_recorded_one_answers_alike() {
        recorded.send("ATE0\r");
        recorded.send("AT+CMEE=2\r");
        recorded.send("AT+CGSN\r");
        recorded.send("AT+CGMM;+NONE\r");
        recorded.send("AT+USECMNG=0,0,\"ca\",3\rabc");
        recorded.time.runFor(Duration.ofMinutes(10));
        recorded.send("AT+USECCONN\r");
        recorded.time.runFor(Duration.ofSeconds(10));
        recorded.send("A/");
        recorded.time.runFor(Duration.ofSeconds(10));

        assertThat(play(recorded.lines, new TracedModule())).isEmpty();
    }

    @Test
    void what_a_module_answers_otherwise_is_found_and_the_rest_goes_on() {
        recorded.send("AT+CMEE=2\r");
        recorded.send("ATI\r");
        recorded.send("AT+USECDEVINFO?\r");
        recorded.send("AT+CGMI\r");

        List<Difference> found =
                play(recorded.lines, new TracedModule(false, builder -> builder.product(Product.SARA_R500E_01B)));

        assertThat(found)
                .extracting(Object::toString)
                .containsExactly(
                        "ATI\n  expected [SARA-R510M8S-01B-00, OK]\n  answered [SARA-R500E-01B-00, OK]",
                        "AT+USECDEVINFO?\n  expected [+USECDEVINFO: 1,0,1, OK]\n"
                                + "  answered [+CME ERROR: operation not supported]");
    }

    @Test
    void the_pace_is_that_of_the_trace() {
        recorded.send("AT+USECCONN\r");
        recorded.time.runFor(Duration.ofMinutes(6));
        recorded.send("AT+USECCONN\r");
        recorded.time.runFor(Duration.ofSeconds(5));
        assertThat(recorded.lines).extracting(TraceLine::text).contains("ERROR", "OK");

        assertThat(play(recorded.lines, new TracedModule())).isEmpty();
    }

    @Test
    void a_module_that_does_not_answer_is_given_up_at_some_time() {
        recorded.send("AT\r");
        recorded.send("AT+CGMI\r");
        var dead = new TracedModule();
        dead.module.powerOff();

        assertThat(play(recorded.lines, dead)).extracting(Difference::answered).containsExactly(List.of(), List.of());
    }

    @Test
    void what_the_trace_hides_of_an_answer_is_not_compared() {
        var module = new TracedModule();
        module.send("AT+CSGT=1,\"-----BEGIN PRIVATE KEY-----MIGH\"\r");
        String start = "2026-11-24T10:00:01.000Z 0a04f008003c9623 1 ";
        List<TraceLine> trace = Stream.of("> AT+CSGT?", "< +CSGT: \"-----BEGIN PRIVATE KEY-----***", "< OK")
                .map(line -> TraceLine.parse(start + line))
                .toList();
        assertThat(play(trace, module)).isEmpty();
        module.send("AT+CSGT=1,\"MIGH\"\r");
        assertThat(play(trace, module)).hasSize(1);
    }

    @Test
    void what_the_trace_hides_of_what_the_host_said_cannot_be_played() {
        var masked = new TracedModule();
        masked.send("AT+USECPRF=0,8,\"hush\"\r");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Replay.play(masked.lines, 1, masked.module, masked.executor))
                .withMessageStartingWith("what the host said is hidden: 2026-11-24T10:00:01.000Z");
    }
}
