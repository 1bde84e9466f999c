package dev.rootbeat.rot.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * ECDSA on P-256 with SHA-256 (FIPS 186-5). The real world takes the fastest provider of the machine, the simulated
 * one a provider whose every output follows from a seed.
 */
public interface P256 {

    /** Generates a key pair. */
    KeyPair generateKeyPair();

    /**
     * Signs a message.
     *
     * @return a DER ECDSA signature (RFC 3279, section 2.2.3), 70 to 72 octets as a rule
     */
    byte[] sign(PrivateKey key, byte[] message);

    /** Returns whether the DER ECDSA signature belongs to the message and the key. Bytes that are no signature do not. */
    boolean verify(PublicKey key, byte[] message, byte[] signature);

    /**
     * Reads a DER SubjectPublicKeyInfo.
     *
     * @throws GeneralSecurityException if it is no key on P-256
     */
    PublicKey publicKey(byte[] subjectPublicKeyInfo) throws GeneralSecurityException;

    /**
     * Reads a DER PKCS#8 private key.
     *
     * @throws GeneralSecurityException if it is no key on P-256
     */
    PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException;
}
