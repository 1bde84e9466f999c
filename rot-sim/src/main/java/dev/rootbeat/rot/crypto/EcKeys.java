package dev.rootbeat.rot.crypto;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Keys on P-256 in their DER forms. A public key has exactly one form here, the uncompressed point of a named curve
 * (RFC 5480, section 2), so that a key has exactly one thumbprint.
 */
final class EcKeys {

    /** The curve's standard name. */
    static final ECGenParameterSpec CURVE = new ECGenParameterSpec("secp256r1");

    private static final byte[] SPKI_PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
    private static final byte[] PKCS8_PREFIX =
            HexFormat.of().parseHex("3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420");
    private static final byte UNCOMPRESSED = 4;
    private static final int X_OFFSET = SPKI_PREFIX.length + 1;
    private static final int COORDINATE_OCTETS = 32;
    private static final ECParameterSpec PARAMETERS = parameters();

    private final Provider provider;

    EcKeys(Provider provider) {
        this.provider = provider;
    }

    PublicKey publicKey(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
        if (subjectPublicKeyInfo.length != X_OFFSET + 2 * COORDINATE_OCTETS
                || !Arrays.equals(subjectPublicKeyInfo, 0, SPKI_PREFIX.length, SPKI_PREFIX, 0, SPKI_PREFIX.length)
                || subjectPublicKeyInfo[SPKI_PREFIX.length] != UNCOMPRESSED) {
            throw new InvalidKeySpecException("not the uncompressed form of a key on P-256");
        }
        if (!isOnCurve(
                coordinate(subjectPublicKeyInfo, X_OFFSET),
                coordinate(subjectPublicKeyInfo, X_OFFSET + COORDINATE_OCTETS))) {
            throw new InvalidKeySpecException("not a point on P-256");
        }
        return factory().generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
    }

    PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        if (factory().generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) instanceof ECPrivateKey key
                && key.getParams().getCurve().equals(PARAMETERS.getCurve())
                && isScalar(key.getS())) {
            return key;
        }
        throw new InvalidKeySpecException("not a key on P-256");
    }

    /**
     * Returns the DER SubjectPublicKeyInfo of a point.
     *
     * @param point its uncompressed form, 65 octets (SEC 1, section 2.3.3)
     */
    static byte[] subjectPublicKeyInfo(byte[] point) {
        return concatenate(SPKI_PREFIX, point);
    }

    /**
     * Returns the DER PKCS#8 form of a private key.
     *
     * @param scalar 32 octets, big-endian
     */
    static byte[] pkcs8(byte[] scalar) {
        return concatenate(PKCS8_PREFIX, scalar);
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private KeyFactory factory() throws GeneralSecurityException {
        return KeyFactory.getInstance("EC", provider);
    }

    private static boolean isScalar(BigInteger number) {
        return number.signum() > 0 && number.compareTo(PARAMETERS.getOrder()) < 0;
    }

    private static BigInteger coordinate(byte[] octets, int offset) {
        return new BigInteger(1, octets, offset, COORDINATE_OCTETS);
    }

    private static boolean isOnCurve(BigInteger x, BigInteger y) {
        EllipticCurve curve = PARAMETERS.getCurve();
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB());
        return y.multiply(y).mod(p).equals(right.mod(p));
    }

    private static ECParameterSpec parameters() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(CURVE);
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java platform has no P-256", e);
        }
    }
}
