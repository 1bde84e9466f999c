package dev.rootbeat.rot.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryMediumTest {

    private final MemoryMedium medium = new MemoryMedium(4 * MemoryMedium.PAGE);

    @Test
    void a_power_cut_leaves_the_octets_that_were_programmed_by_then() {
        medium.cutAfter(2);

        assertThatThrownBy(() -> medium.program(0, 0, new byte[] {1, 2, 3}))
                .isInstanceOf(PowerCut.class)
                .hasMessage("power cut after 2 steps of the storage");

        assertThat(medium.read(0, 0, 4)).containsExactly(1, 2, 0xFF, 0xFF);
        assertThatThrownBy(() -> medium.program(0, 2, new byte[] {3})).isInstanceOf(PowerCut.class);
        medium.powerOn();
        medium.program(0, 2, new byte[] {3});
        assertThat(medium.read(0, 0, 4)).containsExactly(1, 2, 3, 0xFF);
        assertThat(medium.steps()).isEqualTo(3);
    }

    @Test
    void a_power_cut_leaves_the_pages_that_were_not_erased_by_then() {
        medium.program(1, 0, new byte[medium.bankSize()]);
        medium.cutAfter(3);

        assertThatThrownBy(() -> medium.erase(1)).isInstanceOf(PowerCut.class);

        assertThat(medium.isBlank(1, 0)).isFalse();
        assertThat(medium.read(1, 3 * MemoryMedium.PAGE - 1, 2)).containsExactly(0xFF, 0);
    }

    @Test
    void an_octet_is_programmed_once() {
        medium.program(0, 7, new byte[] {1});

        assertThatThrownBy(() -> medium.program(0, 6, new byte[] {1, 1}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("octet 7 of bank 0 is not blank");
    }

    @Test
    void a_copy_lives_on_its_own() {
        medium.program(0, 0, new byte[] {1});

        MemoryMedium copy = medium.copy();
        copy.program(0, 1, new byte[] {2});

        assertThat(copy.read(0, 0, 2)).containsExactly(1, 2);
        assertThat(copy.steps()).isEqualTo(1);
        assertThat(medium.read(0, 0, 2)).containsExactly(1, 0xFF);
    }
}
