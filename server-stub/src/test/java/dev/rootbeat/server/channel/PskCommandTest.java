package dev.rootbeat.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PskCommandTest {

    private static final String UID = "0123456789abcdef";
    private static final String MASTER = "000102030405060708090a0b0c0d0e0f";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void identity_and_key_are_what_both_sides_derive() {
        assertThat(run(UID, "--master", MASTER)).isZero();

        assertThat(out.toString().lines().limit(2))
                .containsExactly("identity  " + UID, "key       " + key(Bytes.ofHex(MASTER), UID));
    }

    @Test
    void without_a_master_secret_it_is_that_for_tests() {
        assertThat(run(UID.toUpperCase(Locale.ROOT), "--json")).isZero();

        assertThat(out.toString().strip())
                .isEqualTo("{\"identity\":\"%s\",\"key\":\"%s\"}".formatted(UID, key(KeyHierarchy.TEST_MASTER, UID)));
    }

    @Test
    void the_line_for_libcoap_spells_the_key_octet_by_octet() {
        run(UID);

        Bytes key = key(KeyHierarchy.TEST_MASTER, UID);
        assertThat(hasZero(key)).isFalse();
        assertThat(out.toString())
                .contains("libcoap   -u " + UID + " -k $'" + key.hex().replaceAll("(..)", "\\\\x$1") + "'");
    }

    @Test
    void a_key_with_an_octet_of_zero_is_no_c_string_and_said_to_be_none() {
        RotPublicUid uid = new RotPublicUid(0);
        while (!hasZero(key(KeyHierarchy.TEST_MASTER, uid.toString()))) {
            uid = new RotPublicUid(uid.bits() + 1);
        }

        assertThat(run(uid.toString())).isZero();

        assertThat(out.toString()).contains("cannot be given this key").doesNotContain("-k");
    }

    @ParameterizedTest
    @CsvSource({
        "0123, , a RoTPublicUID is 16 hexadecimal digits",
        "0123456789abcdeg, , a RoTPublicUID is 16 hexadecimal digits",
        "0123456789abcdef, 00, a master secret is at least 32 hexadecimal digits",
        "0123456789abcdef, 0123456789012345678901234567890123z, a master secret is at least 32 hexadecimal digits",
    })
    void bad_input_is_wrong_usage_and_no_secret_is_repeated(String uid, String master, String reason) {
        int code = master == null ? run(uid) : run(uid, "--master", master);

        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(reason).doesNotContain("3z");
    }

    private int run(String... arguments) {
        return new CommandLine(new PskCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private static Bytes key(Bytes master, String uid) {
        return KeyHierarchy.channelKey(KeyHierarchy.rootSecret(master, RotPublicUid.parse(uid)));
    }

    private static boolean hasZero(Bytes key) {
        for (byte octet : key.toArray()) {
            if (octet == 0) {
                return true;
            }
        }
        return false;
    }
}
