package dev.rootbeat.module.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Conversation;
import dev.rootbeat.rot.DataProtection;
import dev.rootbeat.rot.RootOfTrust;
import dev.rootbeat.rot.RotIdentity;
import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.crypto.EndToEnd;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.crypto.KeyId;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AT reference, sections 1.7 and 2.1 to 2.3. */
class DataProtectionCommandsTest {

    private static final RotIdentity IDENTITY =
            new RotIdentity(RotPublicUid.parse("0a04f008003c9623"), Bytes.ofHex("5e".repeat(32)));
    private static final String OK = "\r\nOK\r\n";

    private final MemoryMedium medium = new MemoryMedium();
    private final FakeAgent agent = new FakeAgent();
    private Instant now = Instant.EPOCH;
    private Conversation host = boot(Duration.ZERO);

    /** Starts the module anew on its storage. */
    private Conversation boot(Duration busy) {
        Flash flash = JournalFlash.mount(medium);
        var gate = new SecurityGate(SecurityPreferences.read(flash).isOn(), agent, () -> now, now.plus(busy));
        var protection = new DataProtection(IDENTITY, flash);
        try {
            RootOfTrust rot = RootOfTrust.boot(IDENTITY, flash, new DeterministicP256(new SplittableRandom(1)));
            return new Conversation(
                    new SecurityCommands(rot, agent, gate, _ -> true, AtError.OPERATION_NOT_ALLOWED),
                    new DataProtectionCommands(protection, gate, flash));
        } catch (Flash.StorageFull e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+USECPSK=?              | +USECPSK: (16,32), OK",
                "AT+USECPSK=               | +CME ERROR: incorrect parameters",
                "AT+USECPSK=24             | +CME ERROR: incorrect parameters",
                "AT+USECPSK=\"16\"         | +CME ERROR: incorrect parameters",
                "AT+USECPSK=16,1           | +CME ERROR: incorrect parameters",
                "AT+USECPSK?               | +CME ERROR: unknown",
                "AT+USECE2EDATAENC=?       | +USECE2EDATAENC: (1-1024), OK",
                "AT+USECE2EDATAENC=0       | +CME ERROR: incorrect parameters",
                "AT+USECE2EDATAENC=1025    | +CME ERROR: incorrect parameters",
                "AT+USECE2EDATAENC=\"a\"   | +CME ERROR: incorrect parameters",
                "AT+USECE2EDATAENC=3,4     | +CME ERROR: incorrect parameters",
                "AT+USECOPCMD=\"e2e_enc\"  | +USECOPCMD: \"e2e_enc\",0, OK",
                "AT+USECOPCMD=\"e2e_enc\",1;+USECOPCMD=\"e2e_enc\" | +USECOPCMD: \"e2e_enc\",1, OK",
                "AT+USECOPCMD=\"e2e_enc\",2| +CME ERROR: incorrect parameters",
                "AT+USECOPCMD=\"e2e_enc\",0,1 | +CME ERROR: incorrect parameters",
                "AT+USECOPCMD=\"cfgipv4\",4 | OK",
                "AT+USECOPCMD=\"cfgipv4\",3 | +CME ERROR: incorrect parameters",
                "AT+USECOPCMD=\"cfgipv4\"  | +CME ERROR: incorrect parameters",
                "AT+USECOPCMD=\"other\",1  | +CME ERROR: incorrect parameters",
                "AT+USECOPCMD=e2e_enc      | +CME ERROR: incorrect parameters",
                "AT+USECOPCMD              | +CME ERROR: unknown",
                "AT+USECMODE?              | +USECMODE: 1, OK",
                "AT+USECMODE=?             | +USECMODE: (0,1), OK",
                "AT+USECMODE=2             | +CME ERROR: incorrect parameters",
                "AT+USECMODE=0,1           | +CME ERROR: incorrect parameters",
                "AT+USECMODE=0;+USECMODE?  | +USECMODE: 0, OK",
                "AT+USECFW=0               | +USECFW: 0, OK",
                "AT+USECFW=1               | +USECFW: 0, OK",
                "AT+USECFW=?               | +USECFW: (0,1), OK",
                "AT+USECFW=2               | +CME ERROR: incorrect parameters",
                "AT+USECFW                 | +CME ERROR: unknown",
            })
    void the_table_of_commands(String line, String said) {
        assertThat(host.send(line.strip() + "\r"))
                .isEqualTo("\r\n" + said.replace(", OK", "\r\n" + OK.stripTrailing()) + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({"16", "32"})
    void a_psk_comes_with_an_id_of_its_own_from_which_the_service_derives_it(int octets) {
        Matcher first = psk(octets);
        Matcher second = psk(octets);
        assertThat(first.group(1)).isNotEqualTo(second.group(1));
        assertThat(first.group(2)).isNotEqualTo(second.group(2)).hasSize(2 * octets);
        assertThat(KeyId.ofPsk(Bytes.ofHex(first.group(1))))
                .isInstanceOfSatisfying(
                        Decoded.Message.class,
                        id -> assertThat(KeyHierarchy.preSharedKey(IDENTITY.rootSecret(), (KeyId) id.value())
                                        .hex())
                                .isEqualTo(first.group(2)));
        host = boot(Duration.ZERO);
        assertThat(psk(octets).group(1)).isNotIn(first.group(1), second.group(1));
    }

    private Matcher psk(int octets) {
        Matcher answer = Pattern.compile("\r\n\\+USECPSK: \"([0-9a-f]{2,64})\",\"([0-9a-f]+)\"\r\n" + OK)
                .matcher(host.send("AT+USECPSK=" + octets + "\r"));
        assertThat(answer.matches()).isTrue();
        return answer;
    }

    @ParameterizedTest
    @CsvSource({"0,1,32", "1,2,28"})
    void data_is_encrypted_in_the_format_that_the_host_chose_also_after_a_reboot(int format, String digit, int more) {
        host.send("AT+USECOPCMD=\"e2e_enc\"," + format + "\r");
        host = boot(Duration.ZERO);
        String data = "\r\n\"OK\"\0\u00ff";
        assertThat(host.send("AT+USECE2EDATAENC=" + data.length() + "\r")).isEqualTo("\r\n>");
        String answer = host.send(data);
        String head = "\r\n+USECE2EDATAENC: " + (data.length() + more) + ",\"";
        assertThat(answer).startsWith(head).endsWith("\"\r\n" + OK);
        Bytes message = Bytes.of(answer.substring(head.length(), head.length() + data.length() + more)
                .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(message.hex()).startsWith(digit + IDENTITY.uid());
        assertThat(EndToEnd.read(IDENTITY.rootSecret(), message))
                .isEqualTo(new Decoded.Message<>(Bytes.of(data.getBytes(StandardCharsets.ISO_8859_1))));
    }

    @Test
    void data_that_does_not_come_ends_in_an_error() {
        host.send("AT+USECE2EDATAENC=3\r");
        host.send("ab");
        host.time.runFor(Duration.ofSeconds(21));
        assertThat(host.heard()).isEqualTo("\r\n+CME ERROR: SEC timeout\r\n");
    }

    @ParameterizedTest
    @CsvSource({"AT+USECPSK=16", "AT+USECE2EDATAENC=3", "AT+USECDEVCERT=1"})
    void before_the_seal_there_is_no_data_and_before_bootstrap_no_root_of_trust(String line) {
        agent.status = DeviceStatus.BOOTSTRAPPED;
        assertThat(host.send(line + "\r")).isEqualTo("\r\n+CME ERROR: SEC data not available\r\n");
        agent.status = DeviceStatus.UNKNOWN;
        assertThat(host.send(line + "\r")).isEqualTo("\r\n+CME ERROR: SEC ROT not personalized\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+USECDEVINFO?",
                "AT+USECDEVINFO=\"p\",\"s\"",
                "AT+USECCONN",
                "AT+USECPSK=16",
                "AT+USECDEVCERT=0",
                "AT+USECE2EDATAENC=5",
                "AT+USECOPCMD=\"e2e_enc\"",
                "AT+USECFW=0"
            })
    void soon_after_a_boot_and_when_switched_off_security_commands_are_refused(String line) {
        host = boot(Duration.ofSeconds(5));
        assertThat(host.send(line + "\r")).isEqualTo("\r\n+CME ERROR: SEC busy\r\n");
        now = now.plusSeconds(5);
        assertThat(host.send(line + "\r")).doesNotContain("SEC busy");
        host.send("12345"); // the data of a prompt
        host.send("AT+USECMODE=0\r");
        host = boot(Duration.ZERO);
        assertThat(host.send(line + "\r")).isEqualTo("\r\n+CME ERROR: SEC disabled\r\n");
        assertThat(host.send("AT+USECROTUID\r")).contains(IDENTITY.uid().toString());
        host.send("AT+USECMODE=1\r");
        host = boot(Duration.ZERO);
        assertThat(host.send(line + "\r")).doesNotContain("SEC busy", "SEC disabled");
    }
}
