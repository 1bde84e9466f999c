package dev.rootbeat.module.credential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.credential.CredentialReader.Read;
import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.Bytes;
import java.math.BigInteger;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code AT+USECMNG} takes and refuses: AT reference, section 2.5. */
class CredentialReaderTest {

    private static final KeyPair EC = TestAuthority.keys("EC", 256);
    private static final KeyPair RSA = TestAuthority.keys("RSA", 1024);
    private static final TestAuthority AUTHORITY = new TestAuthority("CN=root,O=Tests", EC);
    private static final Bytes CERTIFICATE = AUTHORITY.certificate();
    private static final Bytes EC_KEY = Bytes.of(EC.getPrivate().getEncoded());
    private static final Bytes RSA_KEY = Bytes.of(RSA.getPrivate().getEncoded());

    private static Read read(CredentialType type, String text) {
        return read(type, text.getBytes(ISO_8859_1), null);
    }

    private static Read read(CredentialType type, byte[] octets, @Nullable String password) {
        return CredentialReader.read(type, octets, password);
    }

    private static String armour(String label, Bytes der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der.toArray()) + "\n-----END " + label
                + "-----\n";
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = ".*(CA|CERTIFICATE)")
    void a_certificate_may_be_der_or_armoured_with_any_line_breaks_and_text_around(CredentialType type) {
        String pem = Pem.certificate(CERTIFICATE);
        Read good = new Read.Good(CERTIFICATE);
        assertThat(read(type, CERTIFICATE.toArray(), null)).isEqualTo(good);
        assertThat(read(type, pem)).isEqualTo(good);
        assertThat(read(type, pem.replace("\n", "\r\n"))).isEqualTo(good);
        assertThat(read(type, pem.replace("\n", ""))).isEqualTo(good);
        assertThat(read(type, pem + "\0")).isEqualTo(good);
        assertThat(read(type, "Subject: root\n" + Pem.privateKey(EC_KEY) + pem + "the end"))
                .isEqualTo(good);
    }

    @Test
    void expired_certificates_and_short_keys_are_taken() {
        Bytes expired = AUTHORITY.issueExpired("CN=device,serialNumber=7,UID=u,DC=d,emailAddress=e@f", RSA, null);
        assertThat(read(CredentialType.CLIENT_CERTIFICATE, Pem.certificate(expired)))
                .isEqualTo(new Read.Good(expired));
    }

    @Test
    void a_certificate_whose_names_have_other_attributes_is_refused() {
        Bytes unusual = AUTHORITY.issue("CN=device,GIVENNAME=Ada", EC, null);
        assertThat(read(CredentialType.ROOT_CA, Pem.certificate(unusual)))
                .isEqualTo(new Read.Bad("its names have attributes [2.5.4.42]"));
    }

    @Test
    void private_keys_are_taken_in_pkcs8_pkcs1_and_sec1_and_opened_alike() throws Exception {
        PrivateKeyInfo rsa = PrivateKeyInfo.getInstance(RSA_KEY.toArray());
        Bytes pkcs1 = Bytes.of(rsa.parsePrivateKey().toASN1Primitive().getEncoded());
        PrivateKeyInfo ec = PrivateKeyInfo.getInstance(EC_KEY.toArray());
        BigInteger scalar = ECPrivateKey.getInstance(ec.parsePrivateKey()).getKey();
        ASN1Encodable curve = ec.getPrivateKeyAlgorithm().getParameters();
        Bytes sec1 = Bytes.of(new ECPrivateKey(256, scalar, curve).getEncoded());
        String parameters =
                armour("EC PARAMETERS", Bytes.of(curve.toASN1Primitive().getEncoded()));

        assertThat(opened(Pem.privateKey(RSA_KEY))).isEqualTo(rsa);
        assertThat(opened(armour("RSA PRIVATE KEY", pkcs1))).isEqualTo(rsa);
        assertThat(opened(Pem.privateKey(EC_KEY))).isEqualTo(ec);
        PrivateKeyInfo wrapped = opened(parameters + armour("EC PRIVATE KEY", sec1));
        assertThat(wrapped.getPrivateKeyAlgorithm()).isEqualTo(ec.getPrivateKeyAlgorithm());
        assertThat(ECPrivateKey.getInstance(wrapped.parsePrivateKey()).getKey()).isEqualTo(scalar);
    }

    private static PrivateKeyInfo opened(String pem) {
        return PrivateKeys.open(good(read(CredentialType.CLIENT_KEY, pem)), "").orElseThrow();
    }

    private static Bytes good(Read read) {
        assertThat(read).isInstanceOf(Read.Good.class);
        return ((Read.Good) read).der();
    }

    static Stream<Encryption> encryptions() {
        return Stream.of(
                key -> pbes1("PBEWithMD5AndDES", key, 2048),
                key -> pbes1("PBEWithSHA1AndDESede", key, 2048),
                key -> pbes2(PKCSObjectIdentifiers.des_EDE3_CBC, PBKDF2Config.PRF_SHA1, key),
                key -> pbes2(NISTObjectIdentifiers.id_aes256_CBC, PBKDF2Config.PRF_SHA256, key));
    }

    interface Encryption {
        Bytes of(Bytes key) throws Exception;
    }

    @ParameterizedTest
    @MethodSource("encryptions")
    void an_encrypted_key_is_decrypted_by_its_password_or_stays_encrypted(Encryption encryption) throws Exception {
        for (Bytes key : List.of(RSA_KEY, EC_KEY)) {
            Bytes encrypted = encryption.of(key);
            byte[] pem = armour("ENCRYPTED PRIVATE KEY", encrypted).getBytes(ISO_8859_1);

            assertThat(read(CredentialType.CLIENT_KEY, pem, "secret")).isEqualTo(new Read.Good(key));
            assertThat(read(CredentialType.CLIENT_KEY, encrypted.toArray(), "secret"))
                    .isEqualTo(new Read.Good(key));
            assertThat(read(CredentialType.CLIENT_KEY, pem, "wrong")).isInstanceOf(Read.Bad.class);
            Bytes kept = good(read(CredentialType.CLIENT_KEY, pem, null));
            assertThat(kept).isEqualTo(encrypted);
            assertThat(PrivateKeys.open(kept, "secret")).contains(PrivateKeyInfo.getInstance(key.toArray()));
            assertThat(PrivateKeys.open(kept, "wrong")).isEmpty();
            assertThat(PrivateKeys.open(kept, "")).isEmpty();
        }
    }

    @Test
    void a_key_whose_password_is_hashed_for_hours_is_refused() throws Exception {
        Bytes encrypted = pbes1("PBEWithMD5AndDES", EC_KEY, PrivateKeys.MAX_ITERATIONS + 1);
        assertThat(read(CredentialType.CLIENT_KEY, encrypted.toArray(), "secret"))
                .isEqualTo(new Read.Bad("not in the form of its type: a password hashed 1000001 times"));
    }

    private static Bytes pbes1(String algorithm, Bytes key, int iterations) throws Exception {
        var secret = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec("secret".toCharArray()));
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                secret,
                new PBEParameterSpec(new byte[8], iterations, new IvParameterSpec(new byte[16])));
        return Bytes.of(
                new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key.toArray())).getEncoded());
    }

    private static Bytes pbes2(ASN1ObjectIdentifier cipher, AlgorithmIdentifier hash, Bytes key) throws Exception {
        var encryptor = new JceOpenSSLPKCS8EncryptorBuilder(cipher)
                .setProvider(new BouncyCastleProvider())
                .setPRF(hash)
                .setPassword("secret".toCharArray())
                .build();
        PrivateKeyInfo plain = PrivateKeyInfo.getInstance(key.toArray());
        return Bytes.of(
                new PKCS8EncryptedPrivateKeyInfoBuilder(plain).build(encryptor).getEncoded());
    }

    @Test
    void a_public_key_is_taken_to_check_signatures() {
        Bytes spki = Bytes.of(EC.getPublic().getEncoded());
        assertThat(read(CredentialType.SIGNATURE_KEY, armour("PUBLIC KEY", spki)))
                .isEqualTo(new Read.Good(spki));
        assertThat(read(CredentialType.SIGNATURE_KEY, spki.toArray(), null)).isEqualTo(new Read.Good(spki));
    }

    @Test
    void what_is_of_another_type_is_refused() {
        String certificate = Pem.certificate(CERTIFICATE);
        String key = Pem.privateKey(EC_KEY);
        assertThat(List.of(
                        read(CredentialType.ROOT_CA, key),
                        read(CredentialType.CLIENT_KEY, certificate),
                        read(CredentialType.CLIENT_KEY, CERTIFICATE.toArray(), null),
                        read(CredentialType.ROOT_CA, EC_KEY.toArray(), null),
                        read(CredentialType.SIGNATURE_KEY, certificate),
                        read(CredentialType.ROOT_CA, armour("CERTIFICATE", EC_KEY)),
                        read(CredentialType.CLIENT_KEY, armour("PRIVATE KEY", CERTIFICATE))))
                .allSatisfy(read -> assertThat(read).isInstanceOf(Read.Bad.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no certificate",
                "-----BEGIN CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END X-----",
                "-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----",
                "-----BEGIN ",
                "MIIBszCCAVmgAwIBAgIUA"
            })
    void text_without_proper_armour_is_refused(String text) {
        for (CredentialType type : CredentialType.values()) {
            assertThat(read(type, text)).isInstanceOf(Read.Bad.class);
        }
    }

    @Test
    void der_with_something_behind_it_or_cut_short_is_refused() {
        byte[] der = CERTIFICATE.toArray();
        assertThat(read(CredentialType.ROOT_CA, Arrays.copyOf(der, der.length + 1), null))
                .isInstanceOf(Read.Bad.class);
        assertThat(read(CredentialType.ROOT_CA, Arrays.copyOf(der, der.length - 1), null))
                .isInstanceOf(Read.Bad.class);
    }

    @Test
    void a_certificate_whose_subject_is_no_text_is_refused() {
        byte[] der = CERTIFICATE.toArray();
        int at = new String(der, ISO_8859_1).lastIndexOf("root");
        der[at + 1] = (byte) 0xFF; // never in UTF-8
        assertThat(read(CredentialType.ROOT_CA, der, null)).isInstanceOf(Read.Bad.class);
    }

    @Property(tries = 3000)
    void damaged_credentials_are_taken_or_refused_and_never_break_the_module(
            @ForAll("damaged") byte[] octets, @ForAll CredentialType type, @ForAll boolean password) {
        if (read(type, octets, password ? "secret" : null) instanceof Read.Good(Bytes der)) {
            switch (type) {
                case CLIENT_KEY -> assertThat(PrivateKeys.open(der, "x")).isNotNull();
                case SIGNATURE_KEY -> assertThat(der.isEmpty()).isFalse();
                case ROOT_CA, CLIENT_CERTIFICATE, SERVER_CERTIFICATE, SIGNATURE_CERTIFICATE -> {
                    CertificateSummary summary = CertificateSummary.of(der);
                    assertThat(summary.expiry()).hasSize(19);
                    assertThat(summary.subject()).matches("[ -!#-~]*");
                }
            }
        }
    }

    /** Sound credentials of all forms in which a few octets are changed, cut out or put in. */
    @Provide
    Arbitrary<byte[]> damaged() throws Exception {
        Bytes encrypted = pbes1("PBEWithMD5AndDES", EC_KEY, 10);
        List<byte[]> sound = List.of(
                CERTIFICATE.toArray(),
                Pem.certificate(CERTIFICATE).getBytes(ISO_8859_1),
                EC_KEY.toArray(),
                RSA_KEY.toArray(),
                Pem.privateKey(RSA_KEY).getBytes(ISO_8859_1),
                encrypted.toArray(),
                EC.getPublic().getEncoded());
        return Combinators.combine(
                        Arbitraries.of(sound),
                        Arbitraries.integers().between(0, 2000),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(3))
                .as(CredentialReaderTest::damage);
    }

    private static byte[] damage(byte[] sound, int place, int cut, byte[] put) {
        int at = place % sound.length;
        int behind = Math.min(sound.length, at + cut);
        byte[] damaged = Arrays.copyOf(sound, at + put.length + sound.length - behind);
        System.arraycopy(put, 0, damaged, at, put.length);
        System.arraycopy(sound, behind, damaged, at + put.length, sound.length - behind);
        return damaged;
    }
}
