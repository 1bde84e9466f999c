package dev.rootbeat.module.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.Conversation;
import dev.rootbeat.module.credential.CredentialLimits;
import dev.rootbeat.module.credential.CredentialStore;
import dev.rootbeat.module.credential.CredentialType;
import dev.rootbeat.module.credential.TestAuthority;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.Medium;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import java.security.KeyPair;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AT reference, section 2.5. */
class CredentialCommandsTest {

    private static final String OK = "\r\nOK\r\n";
    private static final KeyPair KEYS = TestAuthority.keys("EC", 256);
    private static final TestAuthority AUTHORITY = new TestAuthority("CN=An \\\"authority\\\",O=Tests", KEYS);
    private static final String CA = AUTHORITY.pem();
    private static final Bytes DER = AUTHORITY.certificate();
    private static final String MD5 = CredentialStore.md5(DER).hex();

    private final MemoryMedium medium = new MemoryMedium(Medium.BULK_BANK_SIZE);
    private Conversation host = boot(CredentialLimits.DEFAULT);

    private Conversation boot(CredentialLimits limits) {
        Flash flash = JournalFlash.mount(medium);
        return new Conversation(new CredentialCommands(new CredentialStore(flash, limits), new FileStore(flash)));
    }

    private String store(int type, String name, String content) {
        assertThat(host.send("AT+USECMNG=0," + type + ",\"" + name + "\"," + content.length() + "\r"))
                .isEqualTo("\r\n>");
        return host.send(content);
    }

    @Test
    void a_host_imports_lists_checks_and_deletes_its_credentials() {
        assertThat(store(0, "ca", CA)).isEqualTo("\r\n+USECMNG: 0,0,\"ca\",\"" + MD5 + "\"\r\n" + OK);
        store(2, "key", Pem.privateKey(Bytes.of(KEYS.getPrivate().getEncoded())));
        store(1, "device", Pem.certificate(AUTHORITY.issueExpired("O=Nobody", KEYS, null)));

        host = boot(CredentialLimits.DEFAULT);

        assertThat(host.send("AT+USECMNG=3\r"))
                .isEqualTo("\r\nCA,\"ca\",\"An 'authority'\",\"2027/11/24 00:00:00\"\r\n"
                        + "\r\nPK,\"key\"\r\n"
                        + "\r\nCC,\"device\",\"O=Nobody\",\"2026/11/23 00:00:00\"\r\n" + OK);
        assertThat(host.send("AT+USECMNG=4,0,\"ca\"\r")).isEqualTo("\r\n+USECMNG: 4,0,\"ca\",\"" + MD5 + "\"\r\n" + OK);
        assertThat(host.send("AT+USECMNG=2,0,\"ca\"\r")).isEqualTo(OK);
        assertThat(host.send("AT+USECMNG=4,0,\"ca\"\r")).isEqualTo("\r\n+CME ERROR: operation not supported\r\n");
    }

    @Test
    void the_digest_is_over_der_whatever_form_it_came_in() {
        assertThat(store(0, "a", CA.replace("\n", "\r\n"))).contains(MD5);
        assertThat(store(0, "a", CA.replace("\n", ""))).contains(MD5);
        assertThat(store(3, "a", new String(DER.toArray(), ISO_8859_1))).contains(MD5);
    }

    @Test
    void a_name_is_used_anew_in_its_type_and_independent_in_another() {
        store(0, "a", CA);
        store(3, "a", CA);
        TestAuthority other = new TestAuthority("CN=other", KEYS);
        assertThat(store(0, "a", other.pem())).contains(OK);
        assertThat(host.send("AT+USECMNG=3\r"))
                .contains("\r\nCA,\"a\",\"other\"")
                .contains("\r\nSC,\"a\"\r\n");
        assertThat(host.send("AT+USECMNG=4,3,\"a\"\r")).contains(MD5);
    }

    @Test
    void an_encrypted_key_needs_the_right_password() {
        assertThat(host.send("AT+USECMNG=0,2,\"k\",9,\"secret\"\r")).isEqualTo("\r\n>");
        assertThat(host.send("123456789")).isEqualTo("\r\n+CME ERROR: USECMNG invalid certificate/key format\r\n");
    }

    @Test
    void a_credential_is_imported_from_a_file() {
        new FileStore(JournalFlash.mount(medium)).write("ca.pem", Bytes.of(CA.getBytes(ISO_8859_1)));
        host = boot(CredentialLimits.DEFAULT);
        assertThat(host.send("AT+USECMNG=1,0,\"ca\",\"ca.pem\"\r"))
                .isEqualTo("\r\n+USECMNG: 1,0,\"ca\",\"" + MD5 + "\"\r\n" + OK);
        assertThat(host.send("AT+USECMNG=1,2,\"ca\",\"ca.pem\"\r")).contains("invalid certificate/key format");
    }

    @Test
    void when_no_more_credentials_fit_the_database_is_full_but_one_can_be_replaced() {
        host = boot(new CredentialLimits(32, 8192, 64, 2));
        store(0, "a", CA);
        store(0, "b", CA);
        assertThat(store(0, "c", CA)).isEqualTo("\r\n+CME ERROR: USECMNG database full\r\n");
        assertThat(store(0, "b", CA)).endsWith(OK);
        host.send("AT+USECMNG=2,0,\"a\"\r");
        assertThat(store(0, "c", CA)).endsWith(OK);
    }

    @Test
    void when_the_storage_is_full_there_is_no_memory() {
        Conversation small = new Conversation(new CredentialCommands(
                new CredentialStore(JournalFlash.mount(new MemoryMedium(100)), CredentialLimits.DEFAULT),
                new FileStore(JournalFlash.mount(new MemoryMedium(100)))));
        small.send("AT+USECMNG=0,0,\"a\"," + CA.length() + "\r");
        assertThat(small.send(CA)).isEqualTo("\r\n+CME ERROR: USECMNG no memory available\r\n");
    }

    @Test
    void content_that_does_not_come_within_twenty_seconds_ends_in_an_error() {
        host.send("AT+USECMNG=0,0,\"a\",100\r");
        host.send("-----BEGIN");
        host.time.runFor(Duration.ofSeconds(21));
        assertThat(host.heard()).isEqualTo("\r\n+CME ERROR: USECMNG import timeout expired (no input for > 20 s)\r\n");
        assertThat(host.send("AT+USECMNG=3\r")).isEqualTo(OK);
    }

    @Test
    void all_credentials_of_the_largest_size_have_room_beside_full_files() {
        byte[] large = new byte[CredentialLimits.MOST_OCTETS];
        Flash flash = JournalFlash.mount(medium);
        CredentialStore store = new CredentialStore(flash, CredentialLimits.DEFAULT);
        FileStore files = new FileStore(flash);
        assertThat(files.write("f", Bytes.of(new byte[FileStore.CAPACITY]))).isEmpty();
        for (int i = 0; i < CredentialLimits.MOST_ITEMS; i++) {
            var place = new CredentialStore.Place(CredentialType.ROOT_CA, "x".repeat(190) + i);
            assertThat(store.put(place, Bytes.of(large))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+USECMNG=?                     | +USECMNG: (0,1,2,3,4),(0-5),\"\",\"\",\"\"",
                "AT+USECMNG?                      | +CME ERROR: unknown",
                "AT+USECMNG                       | +CME ERROR: unknown",
                "AT+USECMNG=                      | +CME ERROR: incorrect parameters",
                "AT+USECMNG=5,0,\"a\"             | +CME ERROR: incorrect parameters",
                "AT+USECMNG=0,6,\"a\",10          | +CME ERROR: incorrect parameters",
                "AT+USECMNG=0,0,\"\",10           | +CME ERROR: incorrect parameters",
                "AT+USECMNG=0,0,a,10              | +CME ERROR: incorrect parameters",
                "AT+USECMNG=0,0,\"a\"             | +CME ERROR: incorrect parameters",
                "AT+USECMNG=0,0,\"a\",0           | +CME ERROR: incorrect parameters",
                "AT+USECMNG=0,0,\"a\",\"10\"      | +CME ERROR: incorrect parameters",
                "AT+USECMNG=0,0,\"a\",10,\"p\",1  | +CME ERROR: incorrect parameters",
                "AT+USECMNG=0,0,\"a\",8193        | +CME ERROR: USECMNG import file size exceeds limit",
                "AT+USECMNG=0,0,\"123456789012345678901234567890123\",10 | +CME ERROR: text string too long",
                "AT+USECMNG=1,0,\"a\",\"none\"    | +CME ERROR: FILE NOT FOUND",
                "AT+USECMNG=1,0,\"a\"             | +CME ERROR: incorrect parameters",
                "AT+USECMNG=1,0,\"a\",5           | +CME ERROR: incorrect parameters",
                "AT+USECMNG=2,0,\"a\"             | +CME ERROR: operation not supported",
                "AT+USECMNG=2,0                   | +CME ERROR: incorrect parameters",
                "AT+USECMNG=3                     | OK",
                "AT+USECMNG=3,0                   | +CME ERROR: incorrect parameters",
                "AT+USECMNG=4,0,\"a\"             | +CME ERROR: operation not supported",
                "AT+USECMNG=4,0,\"a\",1           | +CME ERROR: incorrect parameters",
            })
    void the_table_of_the_command(String line, String said) {
        assertThat(host.send(line.strip() + "\r")).startsWith("\r\n" + said + "\r\n");
    }
}
