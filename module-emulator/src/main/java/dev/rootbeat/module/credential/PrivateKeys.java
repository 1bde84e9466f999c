package dev.rootbeat.module.credential;

import dev.rootbeat.module.credential.CredentialReader.Read;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.IOException;
import java.security.Provider;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBEParameter;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** Private keys in the forms that hosts import: PKCS#8 (RFC 5208), encrypted or not, PKCS#1 (RFC 8017), SEC 1. */
public final class PrivateKeys {

    /** How often a password may be hashed: several times what today's tools do, and under a second of work. */
    static final int MAX_ITERATIONS = 1_000_000;

    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final List<String> LABELS = List.of("PRIVATE KEY", ENCRYPTED, "RSA PRIVATE KEY", "EC PRIVATE KEY");

    private PrivateKeys() {}

    static Read read(byte[] octets, @Nullable String password) throws IOException {
        Optional<Bytes> content = Armour.isIn(octets)
                ? Armour.open(octets, LABELS).map(Armour.Content::der)
                : Optional.of(Bytes.of(octets));
        if (content.isEmpty()) {
            return new Read.Bad("no armour of a private key, or not base64 in it");
        }
        Bytes der = content.get();
        ASN1Sequence sequence = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der.toArray()));
        if (!isEncrypted(sequence)) {
            check(pkcs8(sequence));
            return new Read.Good(der);
        }
        checkIterations(EncryptedPrivateKeyInfo.getInstance(sequence).getEncryptionAlgorithm());
        return password == null || password.isEmpty()
                ? new Read.Good(der)
                : decrypt(der, password)
                        .<Read>map(Read.Good::new)
                        .orElseGet(() -> new Read.Bad("encrypted with another password, or in an unknown way"));
    }

    /**
     * Returns an imported private key in PKCS#8, unless it is encrypted and the password does not fit.
     *
     * @param der as {@link CredentialReader} gave it
     * @param password may be empty
     */
    public static Optional<PrivateKeyInfo> open(Bytes der, String password) {
        try {
            ASN1Sequence sequence = ASN1Sequence.getInstance(der.toArray());
            if (!isEncrypted(sequence)) {
                return Optional.of(pkcs8(sequence));
            }
            return decrypt(der, password).map(plain -> PrivateKeyInfo.getInstance(plain.toArray()));
        } catch (IOException | RuntimeException e) { // the parser throws what it likes
            return Optional.empty();
        }
    }

    /** Both other forms begin with a version number. */
    private static boolean isEncrypted(ASN1Sequence sequence) {
        return sequence.getObjectAt(0) instanceof ASN1Sequence;
    }

    private static PrivateKeyInfo pkcs8(ASN1Sequence sequence) throws IOException {
        ASN1Encodable second = sequence.getObjectAt(1);
        if (second instanceof ASN1Sequence) {
            return PrivateKeyInfo.getInstance(sequence);
        }
        if (second instanceof ASN1Integer) {
            return new PrivateKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    RSAPrivateKey.getInstance(sequence));
        }
        ECPrivateKey key = ECPrivateKey.getInstance(sequence);
        return new PrivateKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()), key);
    }

    private static void check(PrivateKeyInfo key) throws IOException {
        if (key.getPrivateKeyAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            int bits = RSAPrivateKey.getInstance(key.parsePrivateKey())
                    .getModulus()
                    .bitLength();
            if (bits > CredentialReader.MAX_RSA_BITS) {
                throw new IllegalArgumentException("an RSA key of " + bits + " bits");
            }
        } else {
            PrivateKeyFactory.createKey(key);
        }
    }

    private static Optional<Bytes> decrypt(Bytes der, String password) throws IOException {
        var encrypted = new PKCS8EncryptedPrivateKeyInfo(der.toArray());
        Provider provider = new BouncyCastleProvider();
        try {
            PrivateKeyInfo key = encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(provider)
                    .build(password.toCharArray()));
            check(key);
            return Optional.of(Bytes.of(key.getEncoded()));
        } catch (PKCSException | OperatorCreationException e) {
            return Optional.empty();
        }
    }

    /** A key that asks for too many iterations would keep the module busy for hours. */
    private static void checkIterations(AlgorithmIdentifier scheme) {
        ASN1Encodable parameters = scheme.getParameters();
        long iterations = scheme.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)
                ? iterations(PBES2Parameters.getInstance(parameters).getKeyDerivationFunc())
                : PBEParameter.getInstance(parameters).getIterationCount().longValueExact();
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("a password hashed " + iterations + " times");
        }
    }

    private static long iterations(KeyDerivationFunc function) {
        if (!function.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
            throw new IllegalArgumentException("a password hashed by " + function.getAlgorithm());
        }
        return PBKDF2Params.getInstance(function.getParameters())
                .getIterationCount()
                .longValueExact();
    }
}
