package dev.rootbeat.module.tls;

import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;

/** Which keys are strong enough for a connection (AT reference, section 2.5); shorter ones can be imported. */
final class KeyStrength {

    private static final int MIN_RSA_BITS = 2048;
    private static final int MIN_EC_BITS = 192;

    private KeyStrength() {}

    static boolean isEnough(AsymmetricKeyParameter key) {
        return switch (key) {
            case RSAKeyParameters rsa -> rsa.getModulus().bitLength() >= MIN_RSA_BITS;
            case ECKeyParameters ec -> ec.getParameters().getN().bitLength() >= MIN_EC_BITS;
            default -> true;
        };
    }
}
