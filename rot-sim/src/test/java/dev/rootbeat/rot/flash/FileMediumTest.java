package dev.rootbeat.rot.flash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.rot.ChildProcess;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMediumTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("module.state");
    }

    @Test
    void what_was_programmed_is_there_when_the_file_is_opened_again() throws IOException {
        try (FileMedium medium = FileMedium.open(file)) {
            medium.program(1, 5, new byte[] {42});
        }

        try (FileMedium medium = FileMedium.open(file)) {
            assertThat(medium.read(1, 4, 3)).containsExactly(0xFF, 42, 0xFF);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_file_in_use_is_refused_in_the_same_process() throws IOException {
        try (FileMedium first = FileMedium.open(file)) {
            assertRefused("is in use by another module");
            first.program(0, 0, new byte[] {1});
        }
        FileMedium.open(file).close();
    }

    @Test
    void a_file_in_use_is_refused_in_another_process() throws Exception {
        Process child = ChildProcess.start(List.of(), Writer.class, file.toString());
        try (BufferedReader printed = child.inputReader(US_ASCII)) {
            printed.readLine();
            assertRefused("is in use by another module");
        } finally {
            child.destroyForcibly().waitFor();
        }
        FileMedium.open(file).close();
    }

    @Test
    void a_process_that_is_killed_loses_nothing_that_it_had_written() throws Exception {
        long last = 0;
        for (int kill = 1; kill <= 3; kill++) {
            Process child = ChildProcess.start(List.of(), Writer.class, file.toString());
            try (BufferedReader printed = child.inputReader(US_ASCII)) {
                for (int line = 0; line < 100 * kill; line++) {
                    last = Long.parseLong(printed.readLine());
                }
            } finally {
                child.destroyForcibly().waitFor();
            }
            try (FileMedium medium = FileMedium.open(file)) {
                Flash flash = JournalFlash.mount(medium);
                assertThat(Writer.number(flash, "one"))
                        .isEqualTo(Writer.number(flash, "two"))
                        .isGreaterThanOrEqualTo(last);
            }
        }
    }

    @Test
    void a_foreign_file_is_refused_and_left_alone() throws IOException {
        for (String content : List.of("not a state", "rootbeat state 3", "x".repeat(100_000), "x".repeat(2_000_000))) {
            Files.writeString(file, content);

            assertRefused("is no state file of a module");

            assertThat(file).hasContent(content);
        }
    }

    @Test
    void a_file_that_lost_its_end_is_refused() throws IOException {
        try (FileMedium medium = FileMedium.open(file)) {
            medium.program(0, 0, new byte[] {1});
        }
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, 1000));

        assertRefused("is damaged: it has 1000 of " + content.length + " octets");
    }

    @Test
    void a_file_whose_making_was_interrupted_is_made_again() throws IOException {
        FileMedium.open(file).close();
        byte[] whole = Files.readAllBytes(file);
        for (int length : List.of(0, 1, 15, 16, 17, 40_000)) {
            Files.write(file, Arrays.copyOf(whole, length));

            FileMedium.open(file).close();

            assertThat(Files.readAllBytes(file)).as("of %d octets", length).isEqualTo(whole);
        }
    }

    @Test
    void the_larger_banks_are_apart_and_last_as_long() throws IOException {
        try (FileMedium medium = FileMedium.open(file)) {
            medium.bulk().program(1, Medium.BULK_BANK_SIZE - 1, new byte[] {7});
            medium.bulk().program(0, 0, new byte[] {8});
            assertThat(medium.isBlank(0, 0)).isTrue();
            assertThat(medium.isBlank(1, 0)).isTrue();
        }
        try (FileMedium medium = FileMedium.open(file)) {
            assertThat(medium.bulk().read(1, Medium.BULK_BANK_SIZE - 1, 1)).containsExactly(7);
            assertThat(medium.bulk().read(0, 0, 2)).containsExactly(8, 0xFF);
        }
    }

    @Test
    void a_file_of_the_version_before_keeps_its_state_and_is_given_larger_banks() throws IOException {
        byte[] former = new byte[16 + 2 * Medium.DEFAULT_BANK_SIZE];
        Arrays.fill(former, Medium.BLANK);
        System.arraycopy("rootbeat state 1".getBytes(US_ASCII), 0, former, 0, 16);
        former[16 + 3] = 42;
        for (int reached : List.of(former.length, former.length + 1, 500_000)) {
            byte[] interrupted = Arrays.copyOf(former, reached); // by a process that died while it added the banks
            Arrays.fill(interrupted, former.length, reached, Medium.BLANK);
            Files.write(file, interrupted);

            try (FileMedium medium = FileMedium.open(file)) {
                assertThat(medium.read(0, 2, 3)).containsExactly(0xFF, 42, 0xFF);
                assertThat(medium.bulk().isBlank(0, 0)).isTrue();
                assertThat(medium.bulk().isBlank(1, 0)).isTrue();
            }
            assertThat(Files.readString(file, ISO_8859_1)).startsWith("rootbeat state 2");
            FileMedium.open(file).close();
        }
    }

    @Test
    void a_file_that_cannot_be_opened_is_named() {
        file = folder.resolve("missing").resolve("module.state");
        assertRefused("cannot be opened: NoSuchFileException");
        file = folder;
        assertRefused("cannot be opened: Is a directory");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> FileMedium.open(file))
                .isInstanceOf(IOException.class)
                .hasMessage("state file " + file + " " + reason);
    }

    /** Writes two values that are always equal, as fast as it can, and prints each when it is stored. */
    static final class Writer {

        public static void main(String[] arguments) throws Exception {
            try (FileMedium medium = FileMedium.open(Path.of(arguments[0]))) {
                Flash flash = JournalFlash.mount(medium);
                for (long n = number(flash, "one") + 1; ; n++) {
                    Bytes value = Bytes.of(Long.toString(n).getBytes(US_ASCII));
                    flash.write(Map.of("one", value, "two", value));
                    System.out.println(n);
                }
            }
        }

        static long number(Flash flash, String name) {
            Bytes value = Objects.requireNonNullElse(flash.read(name), Bytes.of((byte) '0'));
            return Long.parseLong(new String(value.toArray(), US_ASCII));
        }
    }
}
