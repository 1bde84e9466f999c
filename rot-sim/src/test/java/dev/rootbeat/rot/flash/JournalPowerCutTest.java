package dev.rootbeat.rot.flash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.flash.Flash.StorageFull;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** A power cut at any step of a write leaves all of the old values or all of the new ones. */
class JournalPowerCutTest {

    private static final Set<String> NAMES = Set.of("a", "b", "c");

    /** A write and, where the power is cut in it, after how many of its steps; else more steps than it has. */
    record Step(Map<String, Bytes> values, long cutAfter) {}

    @Property(tries = 500)
    void any_sequence_of_writes_and_power_cuts_agrees_with_a_map(@ForAll("steps") List<Step> steps) throws StorageFull {
        MemoryMedium medium = new MemoryMedium(200);
        Map<String, Bytes> expected = new TreeMap<>();
        JournalFlash flash = JournalFlash.mount(medium);
        for (Step step : steps) {
            medium.cutAfter(step.cutAfter);
            try {
                flash.write(step.values);
                apply(step.values, expected);
            } catch (PowerCut e) {
                medium.powerOn();
                flash = JournalFlash.mount(medium);
            }
            medium.powerOn();
            assertThat(content(flash)).isEqualTo(expected);
            assertThat(content(JournalFlash.mount(medium))).isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Bytes> value =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(25).map(Bytes::of);
        Arbitrary<Map<String, Bytes>> values =
                Arbitraries.maps(Arbitraries.of("a", "b", "c"), value).ofMinSize(1);
        Arbitrary<Long> cut = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.longs().between(0, 120)), Tuple.of(1, Arbitraries.just(Long.MAX_VALUE / 2)));
        return Combinators.combine(values, cut).as(Step::new).list().ofMaxSize(40);
    }

    /**
     * Enumerates: a write that is cut at every step, then a second one by which the device recovers and that is cut at
     * every step too, then a third. Whichever steps were done, the values are those of a prefix of completed writes.
     */
    @Test
    void cuts_within_cuts_leave_the_last_completed_write() throws StorageFull {
        long cuts = 0;
        for (int earlier = 1; earlier <= 8; earlier++) { // so that some first cuts fall into a move to the other bank
            MemoryMedium start = new MemoryMedium(200);
            for (int i = 0; i < earlier; i++) {
                write(start, i, Long.MAX_VALUE / 2);
            }
            for (long first = 0; ; first++) {
                MemoryMedium afterFirst = start.copy();
                boolean firstDone = write(afterFirst, 100, first);
                int expected = firstDone ? 100 : earlier - 1;
                assertHolds(afterFirst, expected);
                if (firstDone) {
                    break;
                }
                for (long second = 0; ; second++) {
                    MemoryMedium afterSecond = afterFirst.copy();
                    boolean secondDone = write(afterSecond, 101, second);
                    assertHolds(afterSecond, secondDone ? 101 : expected);
                    cuts++;
                    write(afterSecond, 102, Long.MAX_VALUE / 2);
                    assertHolds(afterSecond, 102);
                    if (secondDone) {
                        break;
                    }
                }
            }
        }
        System.out.println("power cuts within power cuts of the journal: " + cuts);
        assertThat(cuts).isGreaterThan(10_000);
    }

    /** Returns whether the write was completed. */
    private static boolean write(MemoryMedium medium, int number, long cutAfter) throws StorageFull {
        JournalFlash flash = JournalFlash.mount(medium);
        medium.cutAfter(cutAfter);
        try {
            flash.write(values(number));
            return true;
        } catch (PowerCut e) {
            return false;
        } finally {
            medium.powerOn();
        }
    }

    private static void assertHolds(MemoryMedium medium, int number) {
        assertThat(content(JournalFlash.mount(medium))).isEqualTo(values(number));
    }

    private static Map<String, Bytes> values(int number) {
        Bytes value = Bytes.of((byte) number, (byte) 0xFF, (byte) number);
        return Map.of("a", value, "b", value);
    }

    private static Map<String, Bytes> content(Flash flash) {
        Map<String, Bytes> content = new TreeMap<>();
        for (String name : NAMES) {
            Bytes value = flash.read(name);
            if (value != null) {
                content.put(name, value);
            }
        }
        return content;
    }

    private static void apply(Map<String, Bytes> changes, Map<String, Bytes> content) {
        content.putAll(changes);
        content.values().removeIf(Bytes::isEmpty);
    }
}
