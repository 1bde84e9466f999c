package dev.rootbeat.rot.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.rot.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every implementation of {@link P256} does alike. */
class P256Test {

    private static final byte[] MESSAGE = "a heartbeat".getBytes(UTF_8);
    private static final long SEED = 256;
    private static final KeyPair P384 = foreign("EC", 384);
    private static final KeyPair RSA = foreign("RSA", 1024);

    static List<P256> all() {
        return List.of(
                FastP256.ofThisMachine(),
                FastP256.ofJdk(),
                new DeterministicP256(new SplittableRandom(SEED)),
                new SeededP256(new SplittableRandom(SEED)));
    }

    static Stream<Arguments> pairs() {
        return all().stream().flatMap(one -> all().stream().map(other -> Arguments.of(one, other)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void what_one_signs_another_verifies(P256 signer, P256 verifier) throws GeneralSecurityException {
        KeyPair pair = signer.generateKeyPair();

        byte[] signature = signer.sign(pair.getPrivate(), MESSAGE);

        PublicKey key = verifier.publicKey(pair.getPublic().getEncoded());
        assertThat(verifier.verify(key, MESSAGE, signature)).isTrue();
        assertThat(verifier.verify(key, "another".getBytes(UTF_8), signature)).isFalse();
        assertThat(verifier.verify(verifier.generateKeyPair().getPublic(), MESSAGE, signature))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_key_of_one_can_be_used_by_another(P256 maker, P256 user) throws GeneralSecurityException {
        KeyPair pair = maker.generateKeyPair();

        PrivateKey key = user.privateKey(pair.getPrivate().getEncoded());

        assertThat(maker.verify(pair.getPublic(), MESSAGE, user.sign(key, MESSAGE)))
                .isTrue();
        assertThat(maker.verify(pair.getPublic(), MESSAGE, user.sign(pair.getPrivate(), MESSAGE)))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_public_key_has_one_form(P256 p256) throws GeneralSecurityException {
        byte[] form = p256.generateKeyPair().getPublic().getEncoded();

        assertThat(form)
                .hasSize(91)
                .startsWith(HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004"));
        assertThat(p256.publicKey(form).getEncoded()).isEqualTo(form);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_changed_signature_does_not_verify(P256 p256) {
        KeyPair pair = p256.generateKeyPair();
        byte[] signature = p256.sign(pair.getPrivate(), MESSAGE);
        for (int i = 0; i < signature.length; i++) {
            byte[] changed = signature.clone();
            changed[i] ^= (byte) (1 << i % 8);

            assertThat(p256.verify(pair.getPublic(), MESSAGE, changed))
                    .as("octet %d", i)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void octets_that_are_no_signature_do_not_verify(P256 p256) {
        PublicKey key = p256.generateKeyPair().getPublic();
        RandomGenerator random = new SplittableRandom(SEED);

        for (String hex : List.of("", "30", "3000", "3006020100020100", "3006020101020100", "3006020100020101", "ff")) {
            assertThat(p256.verify(key, MESSAGE, HexFormat.of().parseHex(hex)))
                    .as(hex)
                    .isFalse();
        }
        for (int i = 0; i < 100; i++) {
            byte[] octets = new byte[random.nextInt(80)];
            random.nextBytes(octets);
            assertThat(p256.verify(key, MESSAGE, octets))
                    .as(Bytes.of(octets).hex())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void octets_that_are_no_public_key_on_p256_are_refused(P256 p256) {
        byte[] good = p256.generateKeyPair().getPublic().getEncoded();
        byte[] notOnCurve = good.clone();
        notOnCurve[90] ^= 1;
        byte[] compressed = good.clone();
        compressed[26] = 2;
        byte[] longer = Arrays.copyOf(good, 92);
        byte[] beyondTheField = good.clone();
        Arrays.fill(beyondTheField, 27, 91, (byte) 0xFF);
        for (byte[] bad : List.of(
                new byte[0],
                notOnCurve,
                compressed,
                longer,
                beyondTheField,
                P384.getPublic().getEncoded(),
                RSA.getPublic().getEncoded())) {
            assertThatThrownBy(() -> p256.publicKey(bad))
                    .as(Bytes.of(bad).hex())
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void octets_that_are_no_private_key_on_p256_are_refused(P256 p256) {
        byte[] zero = EcKeys.pkcs8(new byte[32]);
        byte[] order = EcKeys.pkcs8(
                HexFormat.of().parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"));
        for (byte[] bad : List.of(
                new byte[0],
                new byte[] {0x30, 0},
                zero,
                order,
                P384.getPrivate().getEncoded(),
                RSA.getPrivate().getEncoded())) {
            assertThatThrownBy(() -> p256.privateKey(bad)).isInstanceOf(GeneralSecurityException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void no_private_key_is_in_its_text(P256 p256) {
        PrivateKey key = p256.generateKeyPair().getPrivate();
        String scalar = ((ECPrivateKey) key).getS().toString();
        String hex = ((ECPrivateKey) key).getS().toString(16);

        assertThat(key.toString()).doesNotContain(scalar).doesNotContainIgnoringCase(hex);
    }

    private static KeyPair foreign(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
