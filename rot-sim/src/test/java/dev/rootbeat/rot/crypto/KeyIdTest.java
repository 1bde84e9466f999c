package dev.rootbeat.rot.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.KeyId.Use;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.RotPublicUid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyIdTest {

    private static final RotPublicUid UID = RotPublicUid.parse("0a04f008003c9623");

    @ParameterizedTest
    @CsvSource({
        "PSK_16,10a04f008003c962300000000007",
        "PSK_32,20a04f008003c962300000000007",
        "END_TO_END_V1,10a04f008003c9623000000000000007",
        "END_TO_END_V2,20a04f008003c962300007",
    })
    void an_id_is_a_digit_the_uid_and_a_number(Use use, String hex) {
        assertThat(new KeyId(use, UID, 7).encode().hex()).isEqualTo(hex);
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void the_highest_number_and_any_uid_survive(Use use) {
        KeyId id = new KeyId(use, new RotPublicUid(-1), use.numbers() - 1);
        boolean isPsk = use == Use.PSK_16 || use == Use.PSK_32;
        assertThat(isPsk ? KeyId.ofPsk(id.encode()) : KeyId.ofHeader(id.encode()))
                .isEqualTo(new Decoded.Message<>(id));
    }

    @Test
    void what_is_no_id_is_refused_with_a_reason() {
        assertThat(KeyId.ofPsk(Bytes.ofHex("10a04f")))
                .isEqualTo(new Decoded.Malformed<>("PSK ID", "has 3 of 14 octets"));
        assertThat(KeyId.ofPsk(Bytes.EMPTY))
                .isEqualTo(new Decoded.Malformed<>("PSK ID", "begins with neither 1 nor 2"));
        assertThat(KeyId.ofHeader(Bytes.ofHex("3000")))
                .isEqualTo(new Decoded.Malformed<>("header", "begins with neither 1 nor 2"));
        assertThat(KeyId.ofHeader(Bytes.ofHex("2000")))
                .isEqualTo(new Decoded.Malformed<>("header", "has 2 of 11 octets"));
    }
}
