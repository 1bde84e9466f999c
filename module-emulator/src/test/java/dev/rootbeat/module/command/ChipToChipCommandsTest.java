package dev.rootbeat.module.command;

import static dev.rootbeat.module.secure.SecureHost.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.AtPort;
import dev.rootbeat.module.Product;
import dev.rootbeat.module.at.Conversation;
import dev.rootbeat.module.secure.ChipToChip;
import dev.rootbeat.module.secure.Pairing.Scheme;
import dev.rootbeat.module.secure.SecureHost;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.sim.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** AT reference, section 2.4. */
class ChipToChipCommandsTest {

    private static final String OPEN = "AT+USECC2C=1,\"" + SECRET + "\"";
    private static final String CLOSE = "AT+USECC2C=2";
    private static final String OTHER_SECRET = "ff".repeat(16);

    private Host host = Host.quiet();

    private static Host hostOf(ChipToChip settings) {
        var host = new Host(builder -> builder.chipToChip(settings));
        host.send("ATE0+CMEE=2");
        return host;
    }

    /** Asks for a pairing and returns its keys: encryption, authentication, tag. */
    private String[] offer() {
        String said = host.send("AT+USECC2C=0,\"" + SECRET + "\"");
        assertThat(said).matches("\\+USECC2C: 0,0(,\"[0-9a-f]{32}\"){3} OK");
        return keys(said);
    }

    private static String[] keys(String said) {
        return said.replaceAll("^[^\"]*\"|\"[^\"]*$", "").split("\",\"", -1);
    }

    private static String confirmation(SecureHost secure, String tag) {
        return "AT+USECC2C=4,\"" + SECRET + "\",\"" + secure.proof(tag) + "\"";
    }

    private SecureHost pair() {
        String[] keys = offer();
        var secure = new SecureHost(keys[0], keys[1]);
        assertThat(host.send(confirmation(secure, keys[2]))).isEqualTo("OK");
        return secure;
    }

    private String ask(SecureHost secure, String line) {
        host.raw();
        host.input(secure.frame(line + "\r"));
        return String.join(
                " ",
                secure.open(host.raw()).lines().filter(one -> !one.isEmpty()).toList());
    }

    @Test
    void a_pair_of_v2_opens_a_session_talks_and_closes_it() {
        SecureHost secure = pair();
        assertThat(host.send(OPEN)).isEqualTo("OK");
        assertThat(ask(secure, "AT+CGMM")).isEqualTo("SARA-R510M8S OK");
        assertThat(ask(secure, "AT+CLAC;+CLAC").length()).isGreaterThan(1040);
        assertThat(ask(secure, "AT+NONE")).isEqualTo("+CME ERROR: unknown");
        host.input(secure.frame("AT+CG") + secure.frame("MI\r"));
        assertThat(secure.open(host.raw())).contains("u-blox");
        assertThat(ask(secure, CLOSE)).isEqualTo("OK");
        assertThat(host.send("AT+CGMM")).isEqualTo("SARA-R510M8S OK");
    }

    @Test
    void a_pair_of_v1_needs_no_confirmation() {
        host = hostOf(new ChipToChip(Scheme.V1, true, true));
        String said = host.send("AT+USECC2C=0,\"" + SECRET + "\"");
        assertThat(said).matches("\\+USECC2C: 0,0,\"[0-9a-f]{32}\" OK");
        var secure = new SecureHost(said.split("\"", -1)[1], "");
        assertThat(host.send(OPEN)).isEqualTo("OK");
        assertThat(ask(secure, "AT+CGMM")).isEqualTo("SARA-R510M8S OK");
        assertThat(ask(secure, CLOSE)).isEqualTo("OK");
        assertThat(host.send("AT+USECC2C=0,\"" + SECRET + "\"")).isEqualTo("+CME ERROR: SEC C2C already paired");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+USECC2C=?           | +USECC2C: (0,1,2,4),\"\",\"\" OK",
                "AT+USECC2C?            | +CME ERROR: unknown",
                "AT+USECC2C=            | +CME ERROR: incorrect parameters",
                "AT+USECC2C=3           | +CME ERROR: incorrect parameters",
                "AT+USECC2C=0           | +CME ERROR: incorrect parameters",
                "AT+USECC2C=0,\"0011\"  | +CME ERROR: incorrect parameters",
                "AT+USECC2C=0,\"000102030405060708090a0b0c0d0e0f00\" | +CME ERROR: text string too long",
                "AT+USECC2C=0,\"000102030405060708090a0b0c0d0e0x\"   | +CME ERROR: invalid characters in text string",
                "AT+USECC2C=0,\"000102030405060708090a0b0c0d0e0f\",1 | +CME ERROR: incorrect parameters",
                "AT+USECC2C=1,\"000102030405060708090a0b0c0d0e0f\"   | +CME ERROR: SEC C2C pairing not present",
                "AT+USECC2C=2           | +CME ERROR: SEC C2C pairing not present",
                "AT+USECC2C=2,1         | +CME ERROR: incorrect parameters",
                "AT+USECC2C=4,\"000102030405060708090a0b0c0d0e0f\",\"00\" | +CME ERROR: incorrect parameters",
            })
    void wrong_parameters_and_a_missing_pairing_are_told_apart(String line, String said) {
        assertThat(host.send(line.strip())).isEqualTo(said);
    }

    @Test
    void a_module_is_paired_once_and_for_good() {
        SecureHost secure = pair();
        assertThat(host.send("AT+USECC2C=0,\"" + SECRET + "\"")).isEqualTo("+CME ERROR: SEC C2C already paired");
        assertThat(host.send(confirmation(secure, "00".repeat(16)))).isEqualTo("+CME ERROR: SEC C2C already paired");
        host.replace();
        host.send("ATE0+CMEE=1");
        assertThat(host.send("AT+USECC2C=0,\"" + OTHER_SECRET + "\"")).isEqualTo("+CME ERROR: 1681");
        assertThat(host.send(OPEN)).isEqualTo("OK");
        assertThat(ask(secure, "AT+CGMM")).isEqualTo("SARA-R510M8S OK");
    }

    @Test
    void a_pairing_that_was_not_confirmed_does_not_count() {
        String[] lost = offer();
        assertThat(host.send(OPEN)).isEqualTo("+CME ERROR: SEC C2C pairing not present");
        String[] keys = offer();
        assertThat(keys).doesNotContain(lost);
        var secure = new SecureHost(keys[0], keys[1]);
        assertThat(host.send(confirmation(new SecureHost(lost[0], lost[1]), lost[2])))
                .isEqualTo("+CME ERROR: SEC data inconsistent or unsupported");
        assertThat(host.send(confirmation(secure, lost[2])))
                .isEqualTo("+CME ERROR: SEC data inconsistent or unsupported");
        assertThat(host.send(confirmation(secure, keys[2]).replace(SECRET, OTHER_SECRET)))
                .isEqualTo("+CME ERROR: SEC data inconsistent or unsupported");
        host.replace();
        host.send("ATE0+CMEE=2");
        assertThat(host.send(confirmation(secure, keys[2]))).isEqualTo("+CME ERROR: SEC C2C pairing not present");
        pair();
    }

    @Test
    void a_session_needs_the_secret_and_there_is_one_at_a_time() {
        SecureHost secure = pair();
        Host second = host.second();
        second.send("ATE0+CMEE=1");
        assertThat(host.send(OPEN.replace(SECRET, OTHER_SECRET)))
                .isEqualTo("+CME ERROR: SEC data inconsistent or unsupported");
        assertThat(host.send(CLOSE)).isEqualTo("+CME ERROR: operation not allowed");
        assertThat(host.send(OPEN)).isEqualTo("OK");
        assertThat(ask(secure, OPEN)).isEqualTo("+CME ERROR: SEC C2C channels consumed");
        assertThat(second.send(OPEN)).isEqualTo("+CME ERROR: 1682");
        assertThat(second.send(CLOSE)).isEqualTo("+CME ERROR: 3");
        assertThat(ask(secure, "AT+CMUX=0")).isEqualTo("+CME ERROR: operation not allowed");
        assertThat(ask(secure, CLOSE)).isEqualTo("OK");
        assertThat(second.send(OPEN)).isEqualTo("OK");
    }

    @Test
    void a_session_ends_when_its_host_is_unplugged_or_the_module_reboots() {
        SecureHost secure = pair();
        AtPort port = host.module.connect(_ -> {});
        port.input((OPEN + "\r").getBytes(StandardCharsets.US_ASCII));
        assertThat(host.send(OPEN)).isEqualTo("+CME ERROR: SEC C2C channels consumed");
        port.close();
        assertThat(host.send(OPEN)).isEqualTo("OK");
        assertThat(ask(secure, "AT+CFUN=16")).isEqualTo("OK");
        host.time.runFor(Duration.ofSeconds(20));
        assertThat(host.send("ATE0")).endsWith("OK");
        assertThat(host.send(OPEN)).isEqualTo("OK");
    }

    @Test
    void what_is_not_protected_by_the_pairing_is_dropped() {
        SecureHost secure = pair();
        host.send(OPEN);
        String good = secure.frame("AT\r");
        host.input("AT\r" + good.substring(0, good.length() - 1));
        host.input("AT\r" + good.substring(2));
        host.input(new SecureHost("11".repeat(16), "22".repeat(16)).frame("AT\r"));
        host.input(good.substring(0, 9) + (char) (good.charAt(9) ^ 1) + good.substring(10));
        host.input("\u00f90\u0001half of a frame that never comes to its end");
        host.time.runFor(Duration.ofSeconds(2));
        assertThat(host.raw()).isEmpty();
        assertThat(ask(secure, "AT")).isEqualTo("OK");
        host.input(secure.frame("AT" + " ".repeat(253) + "\r"));
        assertThat(secure.open(host.raw())).contains("OK");
        host.input(secure.frame("AT" + " ".repeat(280) + "\r"));
        assertThat(host.raw()).isEmpty();
    }

    @Test
    void unsolicited_lines_and_payloads_are_protected_too() {
        SecureHost secure = pair();
        host.send(OPEN);
        assertThat(ask(secure, "AT+CREG=1")).isEqualTo("OK");
        assertThat(ask(secure, "AT+CFUN=0")).isEqualTo("OK +CREG: 0");
        assertThat(ask(secure, "AT+CFUN=1")).isEqualTo("OK +CREG: 2");
        host.time.runFor(Duration.ofSeconds(10));
        assertThat(secure.open(host.raw())).isEqualTo("\r\n+CREG: 1\r\n");
        assertThat(ask(secure, "AT+USECMNG=0,0,\"ca\",4")).isEqualTo(">");
        assertThat(ask(secure, "\rAT")).isEqualTo("+CME ERROR: USECMNG invalid certificate/key format");
    }

    @ParameterizedTest
    @EnumSource(Scheme.class)
    void a_paired_module_gives_its_credential_only_in_a_session(Scheme scheme) {
        for (boolean guards : new boolean[] {true, false}) {
            host = hostOf(new ChipToChip(scheme, true, guards));
            String open = "+CME ERROR: SEC ROT not personalized";
            String refused = guards ? "+CME ERROR: SEC service not authorized" : open;
            assertThat(host.send("AT+USECDEVCERT=1")).isEqualTo(open);
            String said = host.send("AT+USECC2C=0,\"" + SECRET + "\"");
            String[] keys = keys(said);
            var secure = new SecureHost(keys[0], keys.length > 1 ? keys[1] : "");
            if (scheme == Scheme.V2) {
                assertThat(host.send("AT+USECDEVCERT=1")).isEqualTo(open);
                host.send(confirmation(secure, keys[2]));
            }
            assertThat(host.send("AT+USECDEVCERT=1")).isEqualTo(refused);
            host.send(OPEN);
            assertThat(ask(secure, "AT+USECDEVCERT=1")).isEqualTo(open);
            assertThat(host.second().send("ATE0+CMEE=2;+USECDEVCERT=0")).endsWith(refused);
            ask(secure, CLOSE);
            assertThat(host.send("AT+USECDEVCERT=1")).isEqualTo(refused);
        }
    }

    @Test
    void a_module_that_pairs_only_before_it_is_bootstrapped_refuses_afterwards() {
        var time = new VirtualTime(Instant.EPOCH);
        var agent = new FakeAgent();
        var commands = new ChipToChipCommands(
                new ChipToChip(Scheme.V2, false, true),
                new SecurityGate(true, agent, time, Instant.EPOCH),
                agent,
                JournalFlash.mount(new MemoryMedium()),
                time.executor("module"),
                new SplittableRandom(1));
        var conversation = new Conversation(commands);
        String line = "AT+USECC2C=0,\"" + SECRET + "\"\r";
        assertThat(conversation.send(line)).isEqualTo("\r\n+CME ERROR: SEC service not authorized\r\n");
        agent.status = DeviceStatus.UNKNOWN;
        assertThat(conversation.send(line)).endsWith("\r\nOK\r\n");
    }

    @Test
    void where_there_is_no_secure_element_there_is_no_pairing() {
        host = new Host(builder -> builder.product(Product.SARA_R500E_01B));
        host.send("ATE0+CMEE=2");
        assertThat(host.send("AT+USECC2C=0,\"" + SECRET + "\"")).isEqualTo("+CME ERROR: operation not supported");
    }
}
