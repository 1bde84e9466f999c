package dev.rootbeat.module.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.flash.PowerCut;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private static final Bytes ONE = Bytes.ofHex("01");
    private static final Bytes TWO = Bytes.ofHex("0202");

    private final MemoryMedium medium = new MemoryMedium(2048);
    private Shelf shelf = shelf();

    private Shelf shelf() {
        return new Shelf(JournalFlash.mount(medium), "test.");
    }

    @Test
    void what_is_put_under_any_name_stays_in_its_order_over_a_reboot() throws Flash.StorageFull {
        String odd = "\u00e4 \"\0" + "x".repeat(200);
        shelf.put(odd, ONE);
        shelf.put("empty", Bytes.EMPTY);
        shelf.put("b", ONE);
        shelf.put(odd, TWO);
        for (Shelf seen : List.of(shelf, shelf())) {
            assertThat(seen.names()).containsExactly(odd, "empty", "b");
            assertThat(seen.read(odd)).isEqualTo(TWO);
            assertThat(seen.read("empty")).isEqualTo(Bytes.EMPTY);
            assertThat(seen.read("other")).isNull();
            assertThat(seen.size(odd)).isEqualTo(2);
            assertThat(seen.size("other")).isZero();
            assertThat(seen.size()).isEqualTo(3);
        }
    }

    @Test
    void what_is_removed_is_gone_and_its_place_is_used_again() throws Flash.StorageFull {
        for (int i = 0; i < 300; i++) {
            shelf.put("a" + i, Bytes.of(new byte[500]));
            shelf.remove("a" + i);
            shelf.remove("a" + i);
        }
        assertThat(shelf().names()).isEmpty();
    }

    @Test
    void without_room_nothing_changes() throws Flash.StorageFull {
        shelf.put("a", ONE);
        assertThatExceptionOfType(Flash.StorageFull.class).isThrownBy(() -> shelf.put("b", Bytes.of(new byte[2000])));
        assertThat(shelf.names()).containsExactly("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shelf.put("x".repeat(256), ONE))
                .withMessageContaining("255 characters");
    }

    @Test
    void a_power_cut_leaves_the_old_or_the_new() throws Flash.StorageFull {
        shelf.put("a", ONE);
        int cut = 0;
        boolean done = false;
        while (!done) {
            MemoryMedium copy = medium.copy();
            Shelf tried = new Shelf(JournalFlash.mount(copy), "test.");
            copy.cutAfter(cut++);
            try {
                tried.put("b", TWO);
                done = true;
            } catch (PowerCut expected) {
                copy.powerOn();
            }
            Shelf found = new Shelf(JournalFlash.mount(copy), "test.");
            assertThat(found.read("a")).isEqualTo(ONE);
            assertThat(found.read("b")).isEqualTo(found.names().contains("b") ? TWO : null);
        }
        assertThat(cut).isGreaterThan(10);
    }
}
