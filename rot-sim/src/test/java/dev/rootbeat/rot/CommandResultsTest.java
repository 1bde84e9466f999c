package dev.rootbeat.rot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Refusal;
import dev.rootbeat.rot.protocol.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A command runs once: its result is stored with its effect, and answers the command when it comes again. */
class CommandResultsTest {

    private final P256 p256 = new DeterministicP256(new SplittableRandom(2));
    private final TestAuthority authority = TestAuthority.root(p256, "root");
    private final TestDevice device = new TestDevice(p256, new MemoryMedium());

    @Test
    void results_wait_oldest_first_until_they_are_acknowledged_also_over_a_reboot() {
        List<Result> results = new ArrayList<>();
        results.add(device.run(device.generateKeyPair()));
        Bytes certificate = authority.issue(device.keyOf(results.getFirst()));
        results.add(device.run(device.setCertificate(certificate, authority.certificate())));
        results.add(device.run(device.readCertificate()));
        results.add(device.run(device.setCertificate(Bytes.EMPTY, authority.certificate())));
        results.add(device.run(new Command.Unknown(Long.MAX_VALUE, 5)));
        assertThat(device.rot.unacknowledged()).isEqualTo(results);
        device.reboot();
        assertThat(device.rot.unacknowledged()).isEqualTo(results);

        device.rot.acknowledge(List.of(results.get(1).id(), results.get(3).id(), 4711L));

        assertThat(device.rot.unacknowledged()).containsExactly(results.get(0), results.get(2), results.get(4));
        device.reboot();
        assertThat(device.rot.unacknowledged()).containsExactly(results.get(0), results.get(2), results.get(4));
    }

    @Test
    void a_command_that_comes_again_is_answered_and_not_run_again() {
        Command generate = device.generateKeyPair();
        Result first = device.run(generate);

        assertThat(device.run(generate)).isEqualTo(first);
        device.reboot();
        assertThat(device.run(generate)).isEqualTo(first);
        device.rot.acknowledge(List.of(generate.id()));
        device.reboot();
        assertThat(device.run(generate)).isEqualTo(first);

        assertThat(device.report().pendingKey()).isEqualTo(device.keyOf(first).sha256());
        assertThat(device.rot.unacknowledged()).isEmpty();
    }

    @Test
    void a_refusal_is_repeated_although_the_command_would_succeed_by_now() {
        Bytes key = device.newKey();
        Command set = device.setCertificate(authority.issue(key), authority.certificate());
        Result refusal = device.rot.execute(set, TestAuthority.NOT_AFTER.plusSeconds(1));

        assertThat(refusal).isEqualTo(new Result.Refused(set.id(), Refusal.NOT_VALID_NOW));
        assertThat(device.rot.execute(set, TestAuthority.NOW)).isEqualTo(refusal);
    }

    @Test
    void only_the_last_acknowledged_results_are_remembered() {
        Command old = device.generateKeyPair();
        Result first = device.run(old);
        device.rot.acknowledge(List.of(old.id()));
        for (int i = 0; i < ResultLog.MAX_SETTLED; i++) {
            assertThat(device.run(old)).isEqualTo(first);
            Command other = device.readCertificate();
            device.run(other);
            device.rot.acknowledge(List.of(other.id()));
        }

        assertThat(device.run(old)).isNotEqualTo(first);
    }

    @Test
    void an_acknowledgement_of_nothing_new_writes_nothing() {
        Command generate = device.generateKeyPair();
        device.run(generate);
        device.rot.acknowledge(List.of(generate.id()));
        long steps = device.medium.steps();

        device.rot.acknowledge(List.of(generate.id(), 99L));
        device.rot.acknowledge(List.of());

        assertThat(device.medium.steps()).isEqualTo(steps);
    }

    @Test
    void results_that_no_heartbeat_could_carry_are_given_up_oldest_first() {
        List<Result> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(device.run(device.generateKeyPair()));
        }

        List<Result> waiting = device.rot.unacknowledged();

        assertThat(waiting).hasSizeBetween(15, 40).isEqualTo(all.subList(all.size() - waiting.size(), all.size()));
        int octets = waiting.stream()
                .mapToInt(result ->
                        ((Result.KeyPairGenerated) result).certificateRequest().size())
                .sum();
        assertThat(octets).isLessThan(ResultLog.MAX_WAITING_OCTETS);
    }
}
