package dev.rootbeat.module.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.Conversation;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.Medium;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AT reference, section 4.2. */
class FileCommandsTest {

    private static final String OK = "\r\nOK\r\n";

    /** A host does not send all at once. */
    private static final int PIECE = 4096;

    private final MemoryMedium medium = new MemoryMedium(Medium.BULK_BANK_SIZE);
    private Conversation host = boot();

    private Conversation boot() {
        return new Conversation(new FileCommands(new FileStore(JournalFlash.mount(medium))));
    }

    private String send(String line) {
        return host.send(line + "\r");
    }

    private String download(String name, String content) {
        assertThat(send("AT+UDWNFILE=\"" + name + "\"," + content.length())).isEqualTo("\r\n>");
        String said = "";
        for (int i = 0; i < content.length(); i += PIECE) {
            said += host.send(content.substring(i, Math.min(i + PIECE, content.length())));
        }
        return said;
    }

    @Test
    void a_host_writes_reads_lists_and_deletes_files_which_survive_the_power() {
        assertThat(send("AT+ULSTFILE=0")).isEqualTo("\r\n+ULSTFILE:\r\n" + OK);
        assertThat(download("one", "a\r\nb\0\"AT\r")).isEqualTo(OK);
        assertThat(download("two, too", "2")).isEqualTo(OK);

        host = boot();

        assertThat(send("AT+ULSTFILE=0")).isEqualTo("\r\n+ULSTFILE: \"one\",\"two, too\"\r\n" + OK);
        assertThat(send("AT+ULSTFILE")).contains("\"one\",\"two, too\"");
        assertThat(send("AT+ULSTFILE=")).contains("\"one\",\"two, too\"");
        assertThat(send("AT+ULSTFILE=2,\"one\"")).isEqualTo("\r\n+ULSTFILE: 9\r\n" + OK);
        assertThat(send("AT+URDFILE=\"one\"")).isEqualTo("\r\n+URDFILE: \"one\",9,\"a\r\nb\0\"AT\r\"\r\n" + OK);
        assertThat(send("AT+UDELFILE=\"one\"")).isEqualTo(OK);
        assertThat(send("AT+ULSTFILE=0")).isEqualTo("\r\n+ULSTFILE: \"two, too\"\r\n" + OK);
        assertThat(send("AT+URDFILE=\"one\"")).isEqualTo("\r\n+CME ERROR: FILE NOT FOUND\r\n");
    }

    @Test
    void what_is_written_to_a_file_that_exists_is_appended() {
        download("f", "abc");
        download("f", "def");
        assertThat(send("AT+URDFILE=\"f\"")).contains("\"f\",6,\"abcdef\"");
    }

    @Test
    void a_lone_cr_after_the_content_or_the_command_says_nothing() {
        download("f", "abc");
        assertThat(host.send("\r")).isEmpty();
        assertThat(send("AT+UDELFILE=\"f\"\r")).isEqualTo(OK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {"0,3 | 3,\"abc\"", "2,3 | 3,\"cde\"", "4,3 | 2,\"ef\"", "6,3 | 0,\"\"", "99,2147483647 | 0,\"\""})
    void of_a_block_what_is_in_the_file_is_read(String block, String read) {
        download("f", "abcdef");
        assertThat(send("AT+URDBLOCK=\"f\"," + block)).isEqualTo("\r\n+URDBLOCK: \"f\"," + read + "\r\n" + OK);
    }

    @Test
    void there_is_room_for_as_much_as_is_free() {
        assertThat(send("AT+ULSTFILE=1")).isEqualTo("\r\n+ULSTFILE: " + FileStore.CAPACITY + "\r\n" + OK);
        download("f", "x".repeat(1000));
        int free = FileStore.CAPACITY - 1000;
        assertThat(send("AT+ULSTFILE=1,\"USER\"")).isEqualTo("\r\n+ULSTFILE: " + free + "\r\n" + OK);
        assertThat(send("AT+UDWNFILE=\"f\"," + (free + 1))).isEqualTo("\r\n+CME ERROR: FFS memory not available\r\n");
        assertThat(download("f", "y".repeat(free))).isEqualTo(OK);
        assertThat(send("AT+ULSTFILE=1")).isEqualTo("\r\n+ULSTFILE: 0\r\n" + OK);
        assertThat(send("AT+UDWNFILE=\"g\",1")).isEqualTo("\r\n+CME ERROR: FFS memory not available\r\n");
    }

    @Test
    void there_are_not_more_files_than_can_be_listed() {
        var files = new FileStore(JournalFlash.mount(medium));
        for (int i = 0; i < FileStore.MAX_FILES; i++) {
            assertThat(files.write("f" + i, Bytes.EMPTY)).isEmpty();
        }
        host = boot();
        assertThat(send("AT+UDWNFILE=\"g\",1")).isEqualTo("\r\n+CME ERROR: FFS maximum number of files exceeded\r\n");
        assertThat(download("f0", "x")).isEqualTo(OK);
    }

    @Test
    void content_that_does_not_come_within_twenty_seconds_leaves_no_file() {
        send("AT+UDWNFILE=\"f\",4");
        host.send("abc");
        host.time.runFor(Duration.ofSeconds(21));
        assertThat(host.heard()).isEqualTo("\r\n+CME ERROR: FFS timeout\r\n");
        assertThat(send("AT+ULSTFILE=2,\"f\"")).isEqualTo("\r\n+CME ERROR: FILE NOT FOUND\r\n");
    }

    @Test
    void the_longest_name_has_248_characters() {
        String longest = "x".repeat(FileStore.MAX_NAME);
        download(longest, "abc");
        assertThat(send("AT+URDFILE=\"" + longest + "\"")).contains(",3,\"abc\"");
        assertThat(send("AT+UDWNFILE=\"" + longest + "x\",3")).isEqualTo("\r\n+CME ERROR: text string too long\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+UDWNFILE=?                 | +UDWNFILE: \"\",(1-2147483647),\"\"",
                "AT+URDFILE=?                  | +URDFILE: \"\",\"\"",
                "AT+URDBLOCK=?                 | +URDBLOCK: \"\",(0-2147483647),(1-2147483647),\"\"",
                "AT+ULSTFILE=?                 | +ULSTFILE: (0,1,2),\"\",\"\"",
                "AT+UDELFILE=?                 | +UDELFILE: \"\",\"\"",
                "AT+UDWNFILE?                  | +CME ERROR: unknown",
                "AT+ULSTFILE?                  | +CME ERROR: unknown",
                "AT+UDWNFILE=\"f\"             | +CME ERROR: incorrect parameters",
                "AT+UDWNFILE=\"f\",0           | +CME ERROR: incorrect parameters",
                "AT+UDWNFILE=\"f\",\"1\"       | +CME ERROR: incorrect parameters",
                "AT+UDWNFILE=\"\",1            | +CME ERROR: incorrect parameters",
                "AT+UDWNFILE=f,1               | +CME ERROR: incorrect parameters",
                "AT+UDWNFILE=\"f\",1,1         | +CME ERROR: incorrect parameters",
                "AT+UDWNFILE=\"f\",1,\"USER\",1| +CME ERROR: incorrect parameters",
                "AT+UDWNFILE=\"f\",1,\"FOAT\"  | +CME ERROR: operation not supported",
                "AT+UDWNFILE=\"f\",1,\"USER\"  | >",
                "AT+URDFILE=                   | +CME ERROR: incorrect parameters",
                "AT+URDFILE=1                  | +CME ERROR: incorrect parameters",
                "AT+URDFILE=\"f\"              | +CME ERROR: FILE NOT FOUND",
                "AT+URDFILE=\"f\",\"USER\"     | +CME ERROR: FILE NOT FOUND",
                "AT+URDFILE=\"f\",\"GNSS\"     | +CME ERROR: operation not supported",
                "AT+URDBLOCK=\"f\",0           | +CME ERROR: incorrect parameters",
                "AT+URDBLOCK=\"f\",-1,1        | +CME ERROR: incorrect parameters",
                "AT+URDBLOCK=\"f\",0,0         | +CME ERROR: incorrect parameters",
                "AT+URDBLOCK=\"f\",0,1         | +CME ERROR: FILE NOT FOUND",
                "AT+ULSTFILE=3                 | +CME ERROR: incorrect parameters",
                "AT+ULSTFILE=0,1               | +CME ERROR: incorrect parameters",
                "AT+ULSTFILE=0,\"FOAT\"        | +CME ERROR: operation not supported",
                "AT+ULSTFILE=2                 | +CME ERROR: incorrect parameters",
                "AT+ULSTFILE=2,\"f\"           | +CME ERROR: FILE NOT FOUND",
                "AT+UDELFILE=\"f\"             | +CME ERROR: FILE NOT FOUND",
                "AT+UDELFILE=\"f\",\"USER\",1  | +CME ERROR: incorrect parameters",
            })
    void the_table_of_the_commands(String line, String said) {
        assertThat(send(line.strip())).startsWith("\r\n" + said);
    }
}
