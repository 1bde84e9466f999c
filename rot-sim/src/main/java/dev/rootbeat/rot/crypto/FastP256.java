package dev.rootbeat.rot.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.util.function.Supplier;

/**
 * P-256 of the real world: by the Amazon Corretto Crypto Provider where its native library runs, about five times as
 * fast as the JDK's own, which serves everywhere else. The provider is asked for EC by instance and never registered,
 * because its other services break DTLS. Safe for many threads.
 */
public final class FastP256 implements P256 {

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final String CORRETTO = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private final Supplier<Engine> engine;

    private FastP256(Supplier<Engine> engine) {
        this.engine = engine;
    }

    /** A provider, and the keys that it reads. */
    private record Engine(Provider provider, EcKeys keys) {

        static Engine of(Provider provider) {
            return new Engine(provider, new EcKeys(provider));
        }
    }

    /**
     * The fastest engine of this machine, looked for when it is first needed: to check the provider's jar and to load its
     * native library takes a quarter of a second, and many a program never signs.
     */
    private static final class Fastest {

        private static final Engine ENGINE = find();

        private static Engine find() {
            try {
                // By name, because neither the class nor its native library need be there.
                Engine corretto = Engine.of(Class.forName(CORRETTO)
                        .asSubclass(Provider.class)
                        .getDeclaredConstructor()
                        .newInstance());
                new FastP256(() -> corretto).prove();
                return corretto;
            } catch (ReflectiveOperationException | GeneralSecurityException | RuntimeException | LinkageError e) {
                return jdk();
            }
        }
    }

    /** Returns the fastest that works on this machine. */
    public static FastP256 ofThisMachine() {
        return new FastP256(() -> Fastest.ENGINE);
    }

    /** Returns the one that every JDK has. */
    public static FastP256 ofJdk() {
        Engine jdk = jdk();
        return new FastP256(() -> jdk);
    }

    private static Engine jdk() {
        Provider provider = Security.getProvider("SunEC");
        if (provider == null) {
            throw new IllegalStateException("the Java platform has no elliptic curves: provider SunEC is missing");
        }
        return Engine.of(provider);
    }

    @Override
    public KeyPair generateKeyPair() {
        try {
            return newKeyPair();
        } catch (GeneralSecurityException e) {
            throw broken(e);
        }
    }

    @Override
    public byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(SIGNATURE, engine.get().provider());
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw broken(e);
        }
    }

    @Override
    public boolean verify(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(SIGNATURE, engine.get().provider());
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException e) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw broken(e);
        }
    }

    @Override
    public PublicKey publicKey(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
        return engine.get().keys().publicKey(subjectPublicKeyInfo);
    }

    @Override
    public PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        return engine.get().keys().privateKey(pkcs8);
    }

    /** Names the provider. */
    @Override
    public String toString() {
        Provider provider = engine.get().provider();
        return "P-256 by " + provider.getName() + " " + provider.getVersionStr();
    }

    private KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator =
                KeyPairGenerator.getInstance("EC", engine.get().provider());
        generator.initialize(EcKeys.CURVE);
        return generator.generateKeyPair();
    }

    /** A provider without its native library still constructs, and fails here. */
    private void prove() throws GeneralSecurityException {
        KeyPair pair = newKeyPair();
        byte[] message = {1};
        if (!verify(pair.getPublic(), message, sign(pair.getPrivate(), message))) {
            throw new SignatureException("the provider does not verify its own signature");
        }
    }

    private static IllegalStateException broken(GeneralSecurityException cause) {
        return new IllegalStateException("P-256 does not work on this machine", cause);
    }
}
