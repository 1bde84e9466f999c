package dev.rootbeat.rot.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeededP256Test {

    @Test
    void keys_follow_from_the_seed_and_every_signature_has_one_length() {
        var p256 = new SeededP256(new SplittableRandom(7));
        KeyPair pair = p256.generateKeyPair();

        assertThat(pair.getPrivate().getEncoded())
                .isEqualTo(new SeededP256(new SplittableRandom(7))
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded());
        assertThat(IntStream.range(0, 50).map(i -> p256.sign(pair.getPrivate(), new byte[] {(byte) i}).length))
                .containsOnly(71);
    }
}
