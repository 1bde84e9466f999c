package dev.rootbeat.module.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.fault.Faults;
import dev.rootbeat.module.fault.Quirk;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** What the command refuses; that it works is shown beside a certificate manager. */
@Timeout(60)
class ModuleCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();
    private final CommandLine command = new CommandLine(new ModuleCommand()).setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--product SARA-U201 | '--product': unknown product \"SARA-U201\"; known are SARA-R500S-01B-00, SARA",
                "--count 0           | --count is 1 to 5000, not 0",
                "--count 5001        | --count is 1 to 5000, not 5001",
                "--count two         | '--count': 'two' is not an int",
                "--count 2 --stdio   | --stdio is for one module, not 2",
                "--count 2 --uid 0a04f008003c9623 | --uid and --imei are for one module, not 2",
                "--uid 0a04          | '--uid': a RoTPublicUID is 16 hexadecimal digits, not \"0a04\"",
                "--imei 357862090326243 | '--imei': the check digit of IMEI 357862090326243 should be 2",
                "--tcp 65536         | --tcp: ports are 0 to 65535",
                "--tcp 65530 --count 10 | --tcp: ports are 0 to 65535; 10 from 65530 are too high",
                "--server nowhere    | '--server': an address is HOST:PORT",
                "--server no-such-host.invalid:1 | '--server': there is no host named \"no-such-host.invalid\"",
                "--guard 0s          | --heartbeat, --guard: guard interval must be longer than zero",
                "--guard soon        | '--guard': a duration is a whole number with ms, s, m, h or d",
                "--speed 0           | --speed: time can run 1 to 100000 times faster, not 0",
                "--behaviour Nobody  | '--behaviour': there is no public class Nobody",
                "--trace /        | --trace: / cannot be written",
                "--replay no-such | --replay: no-such cannot be read",
                "--name localhost | '--name' (HOST=ADDRESS)",
                "--fault AT+CSQ     | '--fault' (SPEC): \"AT+CSQ\", character 7: what happens is missing",
                "--fault storage    | '--fault' (SPEC): \"storage\", character 8: expected \"full\"",
                "--quirk odd        | unknown quirk \"odd\"; known are [fresh-file-system, busy-after-boot, slow-heartbeat",
                "--bit-rate -1      | --bit-rate: a line cannot carry -1 bits per second",
                "--control 65536    | '--control': a port is a whole number from 0 to 65535",
                "--master 00         | '--master': a master secret is at least 32 hexadecimal digits",
            })
    void bad_input_is_refused_saying_what_and_where(String arguments, String said) {
        assertThat(command.execute(arguments.strip().split(" "))).isEqualTo(2);
        assertThat(err.toString().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains(said));
    }

    @Test
    void a_fault_with_spaces_is_one_argument_and_the_place_of_its_error_is_named() {
        assertThat(command.execute("--fault", "3 times AT+CSQ error 1685")).isEqualTo(2);
        assertThat(err.toString())
                .contains("\"3 times AT+CSQ error 1685\", character 22: \"1685\" is no error that the module has");
    }

    @Test
    void no_more_faults_than_a_module_takes_are_accepted() {
        String[] many =
                Collections.nCopies(Faults.MAX_FAULTS, "--fault=AT hang").toArray(String[]::new);
        many[0] = "--quirk=stuck-radio";
        assertThat(command.execute(many)).isEqualTo(2);
        assertThat(err.toString()).startsWith("--fault, --quirk: at most 256 faults, not 257");
    }

    @ParameterizedTest
    @EnumSource
    void the_help_tells_every_quirk(Quirk quirk) {
        assertThat(command.getUsageMessage()).contains(quirk + ":");
    }

    @Test
    void a_state_file_that_is_none_is_refused_and_left_as_it_is() throws Exception {
        Path file = Files.writeString(folder.resolve("letter"), "Dear module,");
        assertThat(command.execute("--state", file.toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith("--state: state file " + file + " is no state file of a module");
        assertThat(file).hasContent("Dear module,");
    }

    @Test
    void a_name_for_the_terminal_that_is_a_file_is_refused_and_left_as_it_is() throws Exception {
        Path file = Files.writeString(folder.resolve("letter"), "Dear host,");
        assertThat(command.execute("--pty", file.toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith("--pty: " + file + " is there already, and is no symbolic link");
        assertThat(file).hasContent("Dear host,");
    }
}
