package dev.rootbeat.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.rot.protocol.RotPublicUid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final RotPublicUid ONE = RotPublicUid.parse("0a04f008003c9623");
    private static final RotPublicUid OTHER = RotPublicUid.parse("0a04f008003c9624");

    @Test
    void without_faults_nothing_strikes() {
        assertThat(struck(faults(), "heartbeat", ONE, 100)).isEmpty();
    }

    @Test
    void a_fault_strikes_its_own_occasion_and_device_only() {
        Faults faults = faults("0a04f008003c9623 heartbeat reject");

        assertThat(struck(faults, "results", ONE, 3)).isEmpty();
        assertThat(struck(faults, "heartbeat", OTHER, 3)).isEmpty();
        assertThat(struck(faults, "heartbeat", ONE, 3)).containsExactly(1, 2, 3);
    }

    @Test
    void once_is_once_for_all_devices_together() {
        Faults faults = faults("once heartbeat reject");

        assertThat(struck(faults, "heartbeat", OTHER, 2)).containsExactly(1);
        assertThat(struck(faults, "heartbeat", ONE, 2)).isEmpty();
    }

    @Test
    void a_number_counts_the_occasions_of_a_device() {
        Faults faults = faults("number 2 heartbeat reject");

        assertThat(struck(faults, "heartbeat", ONE, 3)).containsExactly(2);
        assertThat(struck(faults, "heartbeat", OTHER, 3)).containsExactly(2);
    }

    @Test
    void of_two_faults_the_one_that_was_set_first_strikes() {
        Faults faults = faults("once heartbeat reject", "heartbeat garble");

        assertThat(faults.strike("heartbeat", ONE))
                .contains(Fault.parse("heartbeat reject").harm());
        assertThat(faults.strike("heartbeat", ONE))
                .contains(Fault.parse("heartbeat garble").harm());
    }

    @Test
    void what_is_removed_strikes_no_more() {
        Faults faults = faults("heartbeat reject", "results reject");

        assertThat(faults.remove(1)).isTrue();
        assertThat(faults.remove(1)).isFalse();

        assertThat(faults.all()).containsExactly(java.util.Map.entry(2, Fault.parse("results reject")));
        assertThat(struck(faults, "heartbeat", ONE, 3)).isEmpty();
        faults.clear();
        assertThat(struck(faults, "results", ONE, 3)).isEmpty();
    }

    @Test
    void more_faults_than_the_limit_are_refused() {
        Faults faults = new Faults(Collections.nCopies(Faults.MAX_FAULTS, Fault.parse("crl stale")), 0);

        assertThatThrownBy(() -> faults.add(Fault.parse("crl stale"))).hasMessageContaining("at most 1000");
    }

    @Property
    void chance_depends_on_the_seed_and_not_on_the_order_in_which_devices_come(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int oneIn) {
        Fault fault = Fault.parse("1 in " + oneIn + " heartbeat reject");
        var oneAfterTheOther = new Faults(List.of(fault), seed);
        var inTurn = new Faults(List.of(fault), seed);

        List<Integer> ofOne = struck(oneAfterTheOther, "heartbeat", ONE, 50);
        List<Integer> ofOther = struck(oneAfterTheOther, "heartbeat", OTHER, 50);
        var ofOneInTurn = new ArrayList<Integer>();
        var ofOtherInTurn = new ArrayList<Integer>();
        for (int i = 1; i <= 50; i++) {
            if (inTurn.strike("heartbeat", OTHER).isPresent()) {
                ofOtherInTurn.add(i);
            }
            if (inTurn.strike("heartbeat", ONE).isPresent()) {
                ofOneInTurn.add(i);
            }
        }

        assertThat(ofOneInTurn).isEqualTo(ofOne);
        assertThat(ofOtherInTurn).isEqualTo(ofOther);
    }

    @Test
    void chance_strikes_about_as_often_as_it_should() {
        // 10,000 occasions at 1 in 10: a standard deviation is 30.
        assertThat(struck(faults("1 in 10 heartbeat reject"), "heartbeat", ONE, 10_000))
                .hasSizeBetween(850, 1_150);
    }

    @Property
    void what_has_struck_strikes_again_on_the_same_occasions(@ForAll long seed) {
        var first =
                new Faults(List.of(Fault.parse("1 in 3 heartbeat reject"), Fault.parse("1 in 4 results garble")), seed);
        List<Integer> heartbeats = struck(first, "heartbeat", ONE, 40);
        List<Integer> results = struck(first, "results", ONE, 40);
        List<Integer> others = struck(first, "heartbeat", OTHER, 40);

        var again = new Faults(
                first.struck().stream().map(Fault::toString).map(Fault::parse).toList(), 0);

        assertThat(struck(again, "results", ONE, 40)).isEqualTo(results);
        assertThat(struck(again, "heartbeat", OTHER, 40)).isEqualTo(others);
        assertThat(struck(again, "heartbeat", ONE, 40)).isEqualTo(heartbeats);
        assertThat(again.struck()).containsExactlyInAnyOrderElementsOf(first.struck());
    }

    private static Faults faults(String... texts) {
        return new Faults(Stream.of(texts).map(Fault::parse).toList(), 1);
    }

    /** The occasions on which something strikes, counted from 1. */
    private static List<Integer> struck(Faults faults, String occasion, RotPublicUid device, int occasions) {
        return IntStream.rangeClosed(1, occasions)
                .filter(_ -> faults.strike(occasion, device).isPresent())
                .boxed()
                .toList();
    }
}
