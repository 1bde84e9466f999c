package dev.rootbeat.rot.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeterministicP256Test {

    @Test
    void the_same_seed_gives_the_same_keys() {
        KeyPair one = new DeterministicP256(new SplittableRandom(7)).generateKeyPair();
        KeyPair same = new DeterministicP256(new SplittableRandom(7)).generateKeyPair();
        KeyPair other = new DeterministicP256(new SplittableRandom(8)).generateKeyPair();

        assertThat(one.getPrivate().getEncoded()).isEqualTo(same.getPrivate().getEncoded());
        assertThat(one.getPublic().getEncoded()).isEqualTo(same.getPublic().getEncoded());
        assertThat(one.getPublic().getEncoded()).isNotEqualTo(other.getPublic().getEncoded());
    }

    @ParameterizedTest
    @CsvSource({
        "sample, efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716,"
                + " f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        "test, f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367,"
                + " 019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083"
    })
    void signatures_are_those_of_rfc_6979(String message, String r, String s) throws GeneralSecurityException {
        P256 p256 = new DeterministicP256(new SplittableRandom(0));
        // RFC 6979, appendix A.2.5
        PrivateKey key = p256.privateKey(EcKeys.pkcs8(
                HexFormat.of().parseHex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721")));

        String signature = HexFormat.of().formatHex(p256.sign(key, message.getBytes(UTF_8)));

        assertThat(signature).contains(r).endsWith(s);
    }
}
