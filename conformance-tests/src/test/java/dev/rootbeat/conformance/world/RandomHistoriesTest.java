package dev.rootbeat.conformance.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Example;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;

/**
 * Any history of calls, heartbeats, faults and time leaves every promise kept: state, money, webhooks and revocation lists
 * agree after every event. One that does not is told as short as it gets. {@code -Drootbeat.histories=10000} tries many,
 * {@code -Drootbeat.seed=N} others.
 */
class RandomHistoriesTest {

    private static final int TRIES = Integer.getInteger("rootbeat.histories", 40);
    private static final long SEED = Long.getLong("rootbeat.seed", 20261124L);

    private final RandomGenerator<List<Deed>> histories = Histories.any().generator(1000);
    private final Random random = new Random(SEED);

    @Example
    void every_promise_holds_whatever_happens() {
        WorldSettings settings = WorldSettings.of(SEED, Histories.DEVICES);
        for (int i = 0; i < TRIES; i++) {
            Shrinkable<List<Deed>> history = histories.next(random);
            assertThat(Histories.broken(settings, history.value()))
                    .as(() -> "seed " + SEED + Histories.told(Histories.smallest(() -> settings, history)))
                    .isEmpty();
        }
    }

    @Example
    void a_device_that_deletes_where_it_should_renew_is_found_in_a_short_history() {
        assertThat(shortest(DeletesInsteadOfRenewing::new, () -> Behaviour.NONE))
                .hasSizeLessThanOrEqualTo(8);
    }

    @Example
    void a_device_that_reports_its_first_certificate_for_ever_is_found_in_a_short_history() {
        assertThat(shortest(ReportsItsFirstCertificate::new, () -> Behaviour.NONE))
                .hasSizeLessThanOrEqualTo(8);
    }

    @Example
    void a_server_that_asks_for_heartbeats_within_the_guard_interval_is_found_in_a_short_history() {
        assertThat(shortest(() -> Behaviour.NONE, AsksTooEarly::new)).hasSizeLessThanOrEqualTo(8);
    }

    /** The shortest history found of a world that behaves wrongly. */
    private List<Deed> shortest(Supplier<Behaviour> device, Supplier<Behaviour> server) {
        Supplier<WorldSettings> settings = () -> WorldSettings.of(SEED, Histories.DEVICES)
                .withoutAutomaticRenewal()
                .behaving(device.get(), server.get());
        for (int i = 0; i < TRIES; i++) {
            Shrinkable<List<Deed>> history = histories.next(random);
            if (Histories.broken(settings.get(), history.value()).isPresent()) {
                List<Deed> smallest = Histories.smallest(settings, history);
                System.out.println(Histories.told(smallest));
                return smallest;
            }
        }
        throw new AssertionError("seed " + SEED + ": " + TRIES + " histories found nothing");
    }

    /** The second certificate and later ones make the slot empty. */
    private static final class DeletesInsteadOfRenewing implements Behaviour {

        private final Map<RotPublicUid, Integer> sets = new HashMap<>();

        @Override
        public Command command(RotPublicUid device, Command command) {
            return command instanceof Command.SetCertificate set && sets.merge(device, 1, Integer::sum) > 1
                    ? new Command.DeleteCredential(set.id(), set.slot())
                    : command;
        }
    }

    private static final class ReportsItsFirstCertificate implements Behaviour {

        private final Map<RotPublicUid, List<SlotReport>> first = new HashMap<>();

        @Override
        public Heartbeat heartbeat(RotPublicUid device, Heartbeat sent) {
            boolean provisioned = sent.slots().stream().anyMatch(slot -> slot.certificate() != null);
            return provisioned
                    ? new Heartbeat(
                            sent.version(),
                            sent.counter(),
                            sent.nonce(),
                            sent.product(),
                            sent.firmware(),
                            sent.seal(),
                            sent.reason(),
                            first.computeIfAbsent(device, _ -> sent.slots()),
                            List.of())
                    : sent;
        }
    }

    private static final class AsksTooEarly implements Behaviour {

        @Override
        public Reply reply(RotPublicUid device, Reply reply) {
            return new Reply(
                    reply.serverTime(),
                    Duration.ofSeconds(100),
                    reply.status(),
                    reply.acknowledged(),
                    reply.commands());
        }
    }
}
