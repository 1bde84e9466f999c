package dev.rootbeat.rot.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Medium} does alike. */
class MediumTest {

    @TempDir
    private Path folder;

    private FileMedium inFile;

    @BeforeEach
    void open() throws IOException {
        inFile = FileMedium.open(folder.resolve("state"));
    }

    @AfterEach
    void close() {
        inFile.close();
    }

    private List<Medium> media() {
        return List.of(new MemoryMedium(), inFile);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void programmed_octets_are_read_and_the_rest_is_blank(int bank) {
        for (Medium medium : media()) {
            medium.program(bank, 1000, new byte[] {1, 2, 3});

            assertThat(medium.read(bank, 999, 5)).containsExactly(0xFF, 1, 2, 3, 0xFF);
            assertThat(medium.read(bank, medium.bankSize() - 2, 2)).containsExactly(0xFF, 0xFF);
            assertThat(medium.isBlank(bank, 1002)).isFalse();
            assertThat(medium.isBlank(bank, 1003)).isTrue();
            assertThat(medium.isBlank(1 - bank, 0)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void erasing_makes_a_bank_blank_and_leaves_the_other(int bank) {
        for (Medium medium : media()) {
            medium.program(bank, medium.bankSize() - 1, new byte[] {1});
            medium.program(1 - bank, 0, new byte[] {2});

            medium.erase(bank);

            assertThat(medium.isBlank(bank, 0)).isTrue();
            assertThat(medium.read(1 - bank, 0, 1)).containsExactly(2);
            medium.program(bank, medium.bankSize() - 1, new byte[] {3});
            assertThat(medium.read(bank, medium.bankSize() - 1, 1)).containsExactly(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Medium.DEFAULT_BANK_SIZE - 1})
    void octets_outside_of_a_bank_are_not_reached(int offset) {
        for (Medium medium : media()) {
            assertThatThrownBy(() -> medium.program(0, offset, new byte[2]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> medium.read(0, offset, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
