package dev.rootbeat.rot.crypto;

import dev.rootbeat.rot.protocol.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * P-256 of the simulated world: the keys follow from the random source that was passed in, a signature follows from
 * its key and message (RFC 6979). What has no choice in it, verifying and reading keys, is left to the JDK. One thread
 * at a time.
 */
public final class DeterministicP256 implements P256 {

    private static final int SCALAR_OCTETS = 32;
    private static final ECDomainParameters CURVE =
            new ECDomainParameters(CustomNamedCurves.getByName(EcKeys.CURVE.getName()));

    private final RandomGenerator random;
    private final P256 jdk = FastP256.ofJdk();
    private final ECMultiplier multiplier = new FixedPointCombMultiplier();

    /** Takes every private key from the random source. */
    public DeterministicP256(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public KeyPair generateKeyPair() {
        byte[] scalar = new byte[SCALAR_OCTETS];
        BigInteger number;
        do { // FIPS 186-5, appendix A.2.2: by rejection; a second draw is needed once in 2^32 times
            random.nextBytes(scalar);
            number = new BigInteger(1, scalar);
        } while (number.signum() == 0 || number.compareTo(CURVE.getN()) >= 0);
        byte[] point = multiplier.multiply(CURVE.getG(), number).normalize().getEncoded(false);
        try {
            return new KeyPair(publicKey(EcKeys.subjectPublicKeyInfo(point)), privateKey(EcKeys.pkcs8(scalar)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("P-256 does not work on this machine", e);
        }
    }

    @Override
    public byte[] sign(PrivateKey key, byte[] message) {
        if (!(key instanceof ECPrivateKey ecKey)) {
            throw new IllegalArgumentException("not a key on P-256");
        }
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(ecKey.getS(), CURVE));
        BigInteger[] pair = signer.generateSignature(Bytes.of(message).sha256().toArray());
        try {
            return StandardDSAEncoding.INSTANCE.encode(CURVE.getN(), pair[0], pair[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean verify(PublicKey key, byte[] message, byte[] signature) {
        return jdk.verify(key, message, signature);
    }

    @Override
    public PublicKey publicKey(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
        return jdk.publicKey(subjectPublicKeyInfo);
    }

    @Override
    public PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        return jdk.privateKey(pkcs8);
    }
}
