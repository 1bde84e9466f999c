package dev.rootbeat.module.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration GUARD = HeartbeatSettings.DEFAULT.guard();
    private static final Duration PERIOD = HeartbeatSettings.DEFAULT.period();

    private static Schedule schedule(long seed) {
        return new Schedule(HeartbeatSettings.DEFAULT, new SplittableRandom(seed));
    }

    @Property
    void what_the_server_asks_for_is_met_within_a_tenth_and_never_before_the_guard(
            @ForAll long seed, @ForAll @LongRange(max = 40 * 86_400) long asked) {
        Duration wait = schedule(seed).next(Duration.ofSeconds(asked));
        double seconds = Math.min(asked, Schedule.LONGEST.toSeconds());
        assertThat(wait)
                .isBetween(
                        Duration.ofMillis((long) (seconds * 900)),
                        Duration.ofMillis((long) (seconds * 1100) + 1).plusSeconds(1));
        assertThat(wait).isGreaterThanOrEqualTo(Duration.ofSeconds(Math.min(asked, GUARD.toSeconds())));
    }

    @Property
    void right_after_the_guard_is_never_before_it(@ForAll long seed, @ForAll @IntRange(max = 600) int asked) {
        assertThat(schedule(seed).next(Duration.ofSeconds(asked))).isGreaterThanOrEqualTo(Duration.ofSeconds(asked));
    }

    @Property
    void max_age_is_waited_for_and_little_more(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int seconds) {
        Duration maxAge = Duration.ofSeconds(seconds);
        assertThat(schedule(seed).afterMaxAge(maxAge)).isBetween(maxAge, maxAge.plus(maxAge.dividedBy(9)));
    }

    @Property
    void back_off_doubles_with_jitter_up_to_the_period(@ForAll long seed, @ForAll @IntRange(min = 1) int failures) {
        Duration doubled = failures > 20 ? PERIOD : Duration.ofMinutes(1L << (failures - 1));
        Duration cap = doubled.compareTo(PERIOD) < 0 ? doubled : PERIOD;
        assertThat(schedule(seed).backOff(failures)).isBetween(cap.dividedBy(2), cap);
    }

    @Property
    void back_off_before_provisioning_ends_at_the_guard(@ForAll long seed, @ForAll @IntRange(min = 1) int attempts) {
        Duration doubled = failuresToSeconds(attempts);
        assertThat(schedule(seed).provisioningBackOff(attempts)).isBetween(doubled.dividedBy(2), doubled);
    }

    @Test
    void first_contacts_spread_over_a_minute() {
        Schedule schedule = schedule(1);
        for (int i = 0; i < 1000; i++) {
            assertThat(schedule.firstContact()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        }
    }

    @Test
    void settings_that_make_no_sense_are_refused_by_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeartbeatSettings.of(Duration.ZERO, GUARD))
                .withMessageContaining("heartbeat period");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeartbeatSettings.of(PERIOD, Duration.ofSeconds(-1)))
                .withMessageContaining("guard interval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeartbeatSettings.DEFAULT.withForcedPerDay(101))
                .withMessageContaining("forced heartbeats per day");
    }

    private static Duration failuresToSeconds(int attempts) {
        Duration doubled = attempts > 10 ? GUARD : Duration.ofSeconds(1L << (attempts - 1));
        return doubled.compareTo(GUARD) < 0 ? doubled : GUARD;
    }
}
