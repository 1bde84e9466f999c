package dev.rootbeat.rot;

import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A deterministic P-256 whose one key pair is always the same, and that does nothing twice: for tests that repeat. */
final class RememberedP256 implements P256 {

    private final P256 p256;
    private final KeyPair keyPair;
    private final Map<List<Bytes>, byte[]> signatures = new HashMap<>();
    private final Map<List<Bytes>, Boolean> verified = new HashMap<>();

    RememberedP256(P256 p256) {
        this.p256 = p256;
        this.keyPair = p256.generateKeyPair();
    }

    @Override
    public KeyPair generateKeyPair() {
        return keyPair;
    }

    @Override
    public byte[] sign(PrivateKey key, byte[] message) {
        return signatures.computeIfAbsent(
                List.of(Bytes.of(key.getEncoded()), Bytes.of(message)), _ -> p256.sign(key, message));
    }

    @Override
    public boolean verify(PublicKey key, byte[] message, byte[] signature) {
        return verified.computeIfAbsent(
                List.of(Bytes.of(key.getEncoded()), Bytes.of(message), Bytes.of(signature)),
                _ -> p256.verify(key, message, signature));
    }

    @Override
    public PublicKey publicKey(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
        return p256.publicKey(subjectPublicKeyInfo);
    }

    @Override
    public PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        return p256.privateKey(pkcs8);
    }
}
