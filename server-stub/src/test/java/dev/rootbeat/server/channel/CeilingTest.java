package dev.rootbeat.server.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Response.Code;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CeilingTest {

    private static final Duration GUARD = Duration.ofMinutes(5);
    private static final RequestHandler ACCEPTING =
            (peer, request, answer) -> answer.accept(Response.changed(Bytes.EMPTY));

    private Instant now = Instant.parse("2026-11-24T00:00:00Z");

    @Test
    void what_a_second_brings_passes_at_once_and_no_more() {
        Ceiling ceiling = new Ceiling(ACCEPTING, 10, GUARD, () -> now, new Random(1));

        assertThat(passed(ceiling, 15)).isEqualTo(10);
        now = now.plusMillis(300);
        assertThat(passed(ceiling, 15)).isEqualTo(3);
        now = now.plus(Duration.ofDays(1));
        assertThat(passed(ceiling, 15)).isEqualTo(10);
    }

    @Test
    void the_others_are_told_to_come_again_all_over_the_guard_interval_and_not_later() {
        Ceiling ceiling = new Ceiling(ACCEPTING, 1, GUARD, () -> now, new Random(1));
        passed(ceiling, 1);
        List<Long> waits = new ArrayList<>();

        for (int i = 0; i < 3000; i++) {
            ceiling.handle(new RotPublicUid(i), request(), answer -> {
                assertThat(answer.code()).isEqualTo(Code.SERVICE_UNAVAILABLE);
                waits.add(answer.maxAge().toSeconds());
            });
        }

        assertThat(waits).hasSize(3000).allMatch(wait -> wait >= 1 && wait <= GUARD.toSeconds());
        for (int minute = 0; minute < 5; minute++) {
            long from = minute * 60L;
            assertThat(waits.stream().filter(wait -> wait > from && wait <= from + 60))
                    .as("minute %d", minute)
                    .hasSizeBetween(450, 750);
        }
    }

    @Test
    void a_guard_interval_below_a_second_leaves_nothing_to_wait() {
        Ceiling ceiling = new Ceiling(ACCEPTING, 1, Duration.ofMillis(900), () -> now, new Random(1));
        passed(ceiling, 1);

        ceiling.handle(
                new RotPublicUid(1),
                request(),
                answer -> assertThat(answer.maxAge()).isEqualTo(Duration.ZERO));
    }

    @Test
    void a_clock_that_stepped_back_neither_gives_nor_blocks() {
        Ceiling ceiling = new Ceiling(ACCEPTING, 10, GUARD, () -> now, new Random(1));
        passed(ceiling, 10);

        now = now.minus(Duration.ofHours(1));
        assertThat(passed(ceiling, 5)).isZero();
        now = now.plusMillis(500);
        assertThat(passed(ceiling, 10)).isEqualTo(5);
    }

    @Test
    void a_ceiling_of_nothing_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ceiling(ACCEPTING, 0, GUARD, () -> now, new Random(1)));
    }

    @Property(tries = 200)
    void no_timing_of_requests_gets_more_through_than_the_rate_allows(
            @ForAll @IntRange(min = 1, max = 5000) int rate,
            @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 0, max = 2_000_000_000L) Long> pauses) {
        now = Instant.EPOCH;
        Ceiling ceiling = new Ceiling(ACCEPTING, rate, GUARD, () -> now, new Random(1));
        long through = 0;
        for (long pause : pauses) {
            now = now.plusNanos(pause);
            through += passed(ceiling, 500);
        }

        double seconds = Duration.between(Instant.EPOCH, now).toNanos() / 1e9;
        assertThat((double) through).isLessThanOrEqualTo(rate + rate * seconds + 1e-6);
    }

    private static long passed(Ceiling ceiling, int requests) {
        List<Response> passed = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            ceiling.handle(new RotPublicUid(i), request(), answer -> {
                if (answer.code() == Code.CHANGED) {
                    passed.add(answer);
                }
            });
        }
        return passed.size();
    }

    private static Request request() {
        return new Request(Request.HEARTBEAT, Bytes.EMPTY);
    }
}
