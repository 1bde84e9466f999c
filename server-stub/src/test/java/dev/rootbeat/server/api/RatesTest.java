package dev.rootbeat.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RatesTest {

    private static final Instant START = Instant.parse("2027-03-14T15:09:26Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Rates rates = new Rates(10, now::get);

    @Test
    void a_seconds_worth_passes_at_once_and_then_the_rate() {
        assertThat(passing("a", 15)).isEqualTo(10);
        now.set(START.plusMillis(250));
        assertThat(passing("a", 15)).isEqualTo(2);
        now.set(START.plusSeconds(60));
        assertThat(passing("a", 15)).isEqualTo(10);
    }

    @Test
    void who_waits_as_told_passes() {
        passing("a", 10);
        Duration wait = rates.take("a");
        assertThat(wait).isEqualTo(Duration.ofMillis(100));
        now.set(START.plus(wait));
        assertThat(rates.take("a")).isEqualTo(Duration.ZERO);
    }

    @Test
    void each_has_a_rate_of_its_own() {
        passing("a", 11);
        assertThat(passing("b", 11)).isEqualTo(10);
    }

    @Test
    void a_clock_that_stepped_back_locks_nobody_out() {
        passing("a", 15);
        now.set(START.minusSeconds(3600));
        assertThat(passing("a", 15)).isEqualTo(10);
    }

    private long passing(String who, int calls) {
        return IntStream.range(0, calls).filter(_ -> rates.take(who).isZero()).count();
    }
}
