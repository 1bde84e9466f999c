package dev.rootbeat.rot.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.random.RandomGenerator;

/**
 * P-256 for simulated worlds that live long: the keys follow from the random source that was passed in, signatures are
 * made as fast as the machine can. Their bits differ from run to run, their length never does: so everything that is
 * made of them has the same size each time, and fills storage alike. One thread at a time.
 */
public final class SeededP256 implements P256 {

    /** Every second signature has it. */
    private static final int LENGTH = 71;

    private final P256 keys;
    private final P256 fast = FastP256.ofThisMachine();

    /** Takes every private key from the random source. */
    public SeededP256(RandomGenerator random) {
        this.keys = new DeterministicP256(random);
    }

    @Override
    public KeyPair generateKeyPair() {
        return keys.generateKeyPair();
    }

    @Override
    public byte[] sign(PrivateKey key, byte[] message) {
        byte[] signature = fast.sign(key, message);
        while (signature.length != LENGTH) {
            signature = fast.sign(key, message);
        }
        return signature;
    }

    @Override
    public boolean verify(PublicKey key, byte[] message, byte[] signature) {
        return fast.verify(key, message, signature);
    }

    @Override
    public PublicKey publicKey(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
        return fast.publicKey(subjectPublicKeyInfo);
    }

    @Override
    public PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        return fast.privateKey(pkcs8);
    }
}
