package dev.rootbeat.module.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.SecurityService.ForcedOutcome;
import dev.rootbeat.module.at.SecurityService.SealAnswer;
import dev.rootbeat.module.network.CellularNetwork;
import dev.rootbeat.module.network.Radio;
import dev.rootbeat.rot.protocol.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Heartbeats need a network (requirements, section 4). */
class AttachTest {

    private static final int AIRPLANE = 4;

    @Test
    void the_first_heartbeat_comes_with_the_first_attach() {
        Bench bench = new Bench(1, builder -> builder.network(CellularNetwork.USUAL));
        bench.module.powerOn();
        bench.run(CellularNetwork.USUAL.delays().registration().minusMillis(1));
        assertThat(bench.server.beats).isEmpty();
        bench.run(Duration.ofSeconds(1));
        assertThat(bench.server.last().message().reason()).isEqualTo(Reason.BOOTSTRAP);
    }

    @Test
    void without_a_network_nothing_is_sent_and_what_came_due_is_sent_with_the_next_one() {
        Bench bench = Bench.provisioned();
        bench.module.radio().functionality(AIRPLANE);
        bench.run(Duration.ofDays(3));
        assertThat(bench.server.beats).isEmpty();
        bench.module.radio().functionality(Radio.FULL);
        bench.run(Duration.ofSeconds(1));
        assertThat(bench.server.beats).hasSize(1);
    }

    @Test
    void a_heartbeat_that_is_not_due_does_not_come_earlier_because_the_network_was_gone() {
        Bench bench = Bench.provisioned();
        bench.module.radio().coverage(false);
        bench.run(Duration.ofHours(1));
        bench.module.radio().coverage(true);
        bench.run(Duration.ofHours(1));
        assertThat(bench.server.beats).isEmpty();
        bench.run(Duration.ofHours(25));
        assertThat(bench.server.beats).hasSize(1);
    }

    @Test
    void without_a_network_a_forced_heartbeat_has_no_connection() {
        Bench bench = Bench.provisioned();
        bench.module.radio().functionality(AIRPLANE);
        bench.force();
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.NO_CONNECTION);
        assertThat(bench.server.beats).isEmpty();
    }

    @Test
    void what_is_answered_while_the_network_is_gone_is_lost() {
        Bench bench = Bench.provisioned();
        bench.force();
        bench.module.radio().functionality(AIRPLANE);
        bench.run(Duration.ofMinutes(1));
        assertThat(bench.server.beats).hasSize(1);
        assertThat(bench.outcomes).containsExactly(ForcedOutcome.NO_CONNECTION);
    }

    @Test
    void a_seal_needs_a_network() {
        Bench bench = new Bench();
        bench.module.powerOn();
        bench.run(Duration.ofSeconds(1));
        bench.module.radio().functionality(AIRPLANE);
        assertThat(bench.module.security().seal(Bench.SEAL)).isEqualTo(SealAnswer.NO_CONNECTION);
        bench.module.radio().functionality(Radio.FULL);
        assertThat(bench.module.security().seal(Bench.SEAL)).isEqualTo(SealAnswer.ACCEPTED);
    }
}
