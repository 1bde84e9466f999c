package dev.rootbeat.rot.flash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.rot.flash.Flash.StorageFull;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalFlashTest {

    private static final Bytes ONE = Bytes.of((byte) 1);
    private static final Bytes TWO = Bytes.of((byte) 2);

    private final MemoryMedium medium = new MemoryMedium(256);
    private final Flash flash = JournalFlash.mount(medium);

    @Test
    void values_are_read_back_by_name_also_after_mounting_again() throws StorageFull {
        flash.write(Map.of("a", ONE, "b", TWO));
        flash.write(Map.of("a", TWO));

        for (Flash mounted : List.of(flash, JournalFlash.mount(medium))) {
            assertThat(mounted.read("a")).isEqualTo(TWO);
            assertThat(mounted.read("b")).isEqualTo(TWO);
            assertThat(mounted.read("c")).isNull();
        }
    }

    @Test
    void an_empty_value_removes_the_name() throws StorageFull {
        flash.write(Map.of("a", ONE, "b", TWO));
        flash.write(Map.of("a", Bytes.EMPTY, "c", Bytes.EMPTY));

        for (Flash mounted : List.of(flash, JournalFlash.mount(medium))) {
            assertThat(mounted.read("a")).isNull();
            assertThat(mounted.read("b")).isEqualTo(TWO);
            assertThat(mounted.read("c")).isNull();
        }
    }

    @Test
    void a_name_has_1_to_32_printable_ascii_characters() throws StorageFull {
        flash.write(Map.of("x".repeat(32), ONE));

        for (String name : List.of("", "x".repeat(33), "two words", "é")) {
            assertThatThrownBy(() -> flash.write(Map.of("a", ONE, name, ONE)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("not a name for a stored value: " + name);
        }
        assertThat(flash.read("a")).isNull();
    }

    @Test
    void mounting_writes_nothing() throws StorageFull {
        flash.write(Map.of("a", ONE));
        tear(Map.of("a", TWO));
        long before = medium.steps();

        assertThat(JournalFlash.mount(medium).read("a")).isEqualTo(ONE);

        assertThat(medium.steps()).isEqualTo(before);
    }

    @Test
    void a_torn_write_is_as_if_it_had_not_been_and_the_next_one_counts() throws StorageFull {
        flash.write(Map.of("a", ONE, "b", ONE));
        tear(Map.of("a", TWO));

        JournalFlash.mount(medium).write(Map.of("b", TWO));

        assertThat(JournalFlash.mount(medium).read("a")).isEqualTo(ONE);
        assertThat(JournalFlash.mount(medium).read("b")).isEqualTo(TWO);
    }

    @Test
    void writing_goes_on_for_ever_in_bounded_space() throws StorageFull {
        for (int i = 0; i < 1000; i++) {
            flash.write(Map.of("a", number(i), "b", number(-i)));

            Flash mounted = JournalFlash.mount(medium);
            assertThat(mounted.read("a")).isEqualTo(number(i));
            assertThat(mounted.read("b")).isEqualTo(number(-i));
        }
    }

    @Test
    void a_write_without_room_changes_nothing() throws StorageFull {
        flash.write(Map.of("a", number(0)));
        Bytes large = Bytes.of(new byte[150]);
        flash.write(Map.of("large", large));
        long before = medium.steps();

        assertThatThrownBy(() -> flash.write(Map.of("a", number(1), "more", large)))
                .isInstanceOf(StorageFull.class)
                .hasMessage("[a, more] would need 354 of 256 octets");

        assertThat(medium.steps()).isEqualTo(before);
        for (Flash mounted : List.of(flash, JournalFlash.mount(medium))) {
            assertThat(mounted.read("a")).isEqualTo(number(0));
            assertThat(mounted.read("large")).isEqualTo(large);
            assertThat(mounted.read("more")).isNull();
        }
    }

    @Test
    void a_full_storage_takes_replacements_of_the_same_size_and_removals() throws StorageFull {
        int largest = medium.bankSize() - 24;
        flash.write(Map.of("a", Bytes.of(new byte[largest])));
        assertThatThrownBy(() -> flash.write(Map.of("b", ONE))).isInstanceOf(StorageFull.class);

        byte[] other = new byte[largest];
        other[0] = 1;
        flash.write(Map.of("a", Bytes.of(other)));
        assertThat(JournalFlash.mount(medium).read("a")).isEqualTo(Bytes.of(other));

        flash.write(Map.of("a", Bytes.EMPTY));
        flash.write(Map.of("b", ONE));
        assertThat(JournalFlash.mount(medium).read("a")).isNull();
        assertThat(JournalFlash.mount(medium).read("b")).isEqualTo(ONE);
    }

    @Test
    void after_a_failure_of_the_medium_later_writes_count() throws StorageFull {
        FailingMedium failing = new FailingMedium(medium);
        Flash onFailing = JournalFlash.mount(failing);
        onFailing.write(Map.of("a", number(0)));
        for (int i = 1; i < 20; i++) {
            Bytes value = number(i);
            failing.failsAfterTheNextProgramming = true;
            assertThatThrownBy(() -> onFailing.write(Map.of("a", value))).hasMessage("worn out");

            onFailing.write(Map.of("b", value));

            assertThat(onFailing.read("b")).isEqualTo(value);
            assertThat(JournalFlash.mount(medium).read("b")).isEqualTo(value);
        }
    }

    private void tear(Map<String, Bytes> values) {
        medium.cutAfter(10);
        assertThatThrownBy(() -> flash.write(values)).isInstanceOf(PowerCut.class);
        medium.powerOn();
    }

    private static Bytes number(int number) {
        return Bytes.of("%011d".formatted(number).getBytes(US_ASCII));
    }
}
