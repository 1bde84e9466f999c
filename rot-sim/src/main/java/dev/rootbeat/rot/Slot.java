package dev.rootbeat.rot;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.CertificateRef;
import dev.rootbeat.rot.protocol.SlotReport;
import java.math.BigInteger;
import java.security.KeyPair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a slot holds, as it lies in the storage: one value per slot, so that a write switches all of it.
 *
 * @param active the credential in use
 * @param pending a key pair that has no certificate yet
 */
record Slot(@Nullable Active active, @Nullable StoredKey pending) {

    /** The slot that holds nothing; it is not stored. */
    static final Slot EMPTY = new Slot(null, null);

    private static final int FORMAT = 1;
    private static final int HAS_ACTIVE = 1;
    private static final int HAS_PENDING = 2;

    /**
     * A key pair with the certificate for it.
     *
     * @param serialNumber that of the certificate
     * @param chain DER certificates, the device's own first
     */
    record Active(StoredKey key, BigInteger serialNumber, List<Bytes> chain, List<Bytes> trustAnchors) {

        Bytes certificate() {
            return chain.getFirst();
        }
    }

    /** A key pair in DER: PKCS#8, and SubjectPublicKeyInfo. */
    record StoredKey(Bytes privateKey, Bytes publicKey) {

        static StoredKey of(KeyPair pair) {
            return new StoredKey(
                    Bytes.of(pair.getPrivate().getEncoded()),
                    Bytes.of(pair.getPublic().getEncoded()));
        }

        /** SHA-256 over the public key. */
        Bytes thumbprint() {
            return publicKey.sha256();
        }

        /** Names the public key only: the private one must not reach a log. */
        @Override
        public String toString() {
            return "StoredKey[" + thumbprint() + "]";
        }
    }

    /** Reads a stored slot; what is absent or unreadable is empty. */
    static Slot decode(@Nullable Bytes stored) {
        return StateReader.read(stored, FORMAT, EMPTY, in -> {
            int parts = in.octet();
            Active active = (parts & HAS_ACTIVE) == 0 ? null : readActive(in);
            return new Slot(active, (parts & HAS_PENDING) == 0 ? null : readKey(in));
        });
    }

    /** Returns the value to store; empty for a slot that holds nothing. */
    Bytes encode() {
        if (active == null && pending == null) {
            return Bytes.EMPTY;
        }
        StateWriter out = new StateWriter()
                .octet(FORMAT)
                .octet((active == null ? 0 : HAS_ACTIVE) | (pending == null ? 0 : HAS_PENDING));
        if (active != null) {
            write(out, active.key);
            out.bytes(Bytes.of(active.serialNumber.toByteArray()))
                    .list(active.chain)
                    .list(active.trustAnchors);
        }
        if (pending != null) {
            write(out, pending);
        }
        return out.toBytes();
    }

    /** Returns what a heartbeat says about the slot. */
    SlotReport report(int number) {
        return new SlotReport(
                number,
                active == null ? null : active.key.thumbprint(),
                active == null ? null : new CertificateRef(active.certificate().sha256(), active.serialNumber),
                pending == null ? null : pending.thumbprint());
    }

    /** Returns the slot's key pair with this public key, or null if it has none. */
    @Nullable
    StoredKey keyOf(Bytes publicKey) {
        if (active != null && active.key.publicKey.equals(publicKey)) {
            return active.key;
        }
        return pending != null && pending.publicKey.equals(publicKey) ? pending : null;
    }

    private static void write(StateWriter out, StoredKey key) {
        out.bytes(key.privateKey).bytes(key.publicKey);
    }

    private static StoredKey readKey(StateReader in) {
        return new StoredKey(in.bytes(), in.bytes());
    }

    private static Active readActive(StateReader in) {
        StoredKey key = readKey(in);
        Bytes serialNumber = in.bytes();
        List<Bytes> chain = in.list();
        if (serialNumber.isEmpty() || chain.isEmpty()) {
            throw new IllegalArgumentException("no certificate");
        }
        return new Active(key, new BigInteger(serialNumber.toArray()), chain, in.list());
    }
}
