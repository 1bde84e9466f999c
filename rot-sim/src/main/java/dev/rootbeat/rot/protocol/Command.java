package dev.rootbeat.rot.protocol;

import java.util.List;

/**
 * What a certificate manager orders a Root of Trust to do (protocol, section 2). Every command has an id, a random
 * number from 0 to 2^63-1; a Root of Trust that meets an id again answers with the stored result and does nothing.
 */
public sealed interface Command {

    /** The id that the result will name. */
    long id();

    /**
     * Generate a key pair as the slot's pending key, in the place of an earlier pending one. The result carries a
     * certificate request signed with it.
     */
    record GenerateKeyPair(long id, int slot, KeyAlgorithm algorithm) implements Command {}

    /**
     * Put a certificate for the active or the pending key into the slot and make it the active credential, atomically.
     *
     * @param chain DER certificates, the device's own first, each signed by the next; at least one
     * @param trustAnchors DER certificates of the authorities that the device shall trust; at least one
     */
    record SetCertificate(long id, int slot, List<Bytes> chain, List<Bytes> trustAnchors) implements Command {}

    /** Remove the slot's keys and certificates. */
    record DeleteCredential(long id, int slot) implements Command {}

    /**
     * Show the slot's certificate chain. A server asks for it when a device reports a certificate that the server does
     * not remember, because it was restored from a backup.
     */
    record ReadCertificate(long id, int slot) implements Command {}

    /** A command of a type that this implementation does not know; it is answered {@link Result.Unsupported}. */
    record Unknown(long id, int type) implements Command {}
}
