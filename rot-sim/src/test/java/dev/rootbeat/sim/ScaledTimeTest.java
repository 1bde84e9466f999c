package dev.rootbeat.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaledTimeTest {

    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    private final VirtualTime real = new VirtualTime(START);
    private final ScaledTime fast = new ScaledTime(real, START, 1440);
    private final ScheduledExecutorService executor = fast.executor(real.executor("real"));
    private final List<Instant> ran = new ArrayList<>();

    private void note() {
        ran.add(fast.instant());
    }

    @Test
    void a_day_takes_a_minute() {
        real.runFor(Duration.ofMinutes(1));
        assertThat(fast.instant()).isEqualTo(START.plus(Duration.ofDays(1)));
    }

    @Test
    void programs_that_start_one_after_the_other_agree_if_they_scale_since_the_same_instant() {
        real.runFor(Duration.ofSeconds(7));
        assertThat(new ScaledTime(real, START, 1440).instant()).isEqualTo(fast.instant());
    }

    @Test
    void timers_keep_to_the_fast_clock_and_never_come_early() {
        var _ = executor.schedule(this::note, 24, TimeUnit.HOURS);
        var _ = executor.schedule(this::note, 1, TimeUnit.NANOSECONDS);
        real.runFor(Duration.ofMinutes(2));
        assertThat(ran).hasSize(2);
        assertThat(ran.getFirst()).isBetween(START.plusNanos(1), START.plusNanos(1440));
        assertThat(ran.getLast()).isEqualTo(START.plus(Duration.ofDays(1)));
    }

    @Test
    void periods_keep_to_it_too() {
        var _ = executor.scheduleAtFixedRate(this::note, 1, 2, TimeUnit.DAYS);
        real.runFor(Duration.ofMinutes(5));
        assertThat(ran)
                .containsExactly(
                        START.plus(Duration.ofDays(1)), START.plus(Duration.ofDays(3)), START.plus(Duration.ofDays(5)));
    }

    @Test
    void real_time_is_a_factor_of_one() {
        ScheduledExecutorService untouched = real.executor("real");
        var same = new ScaledTime(real, Instant.EPOCH, 1);
        assertThat(same.instant()).isEqualTo(START);
        assertThat(same.executor(untouched)).isSameAs(untouched);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, ScaledTime.MAX_FACTOR + 1})
    void other_factors_are_refused(int factor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScaledTime(real, START, factor))
                .withMessage("time can run 1 to 100000 times faster, not " + factor);
    }
}
