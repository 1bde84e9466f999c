package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.SlotReport;
import org.jspecify.annotations.Nullable;

/**
 * The slot of a device that the certificate manager manages: what shall be in it, what is in it, and what lies between.
 *
 * @param issuer the Root CA whose certificate it shall hold; null before provisioning and after a delete
 * @param provisioned whether the device's first provisioning is complete
 * @param reported what it held at the last report
 * @param order the command that the device was told last; null if none
 * @param pendingKey the pending key whose request the device sent, DER SubjectPublicKeyInfo; null if none is wanted
 */
public record ManagedSlot(
        @Nullable String issuer,
        boolean provisioned,
        SlotReport reported,
        @Nullable Order order,
        @Nullable Bytes pendingKey) {

    /** The slot of a device that never held anything. */
    public static final ManagedSlot UNTOUCHED =
            new ManagedSlot(null, false, SlotReport.empty(SlotReport.MANAGED), null, null);

    /**
     * A command that the device was told.
     *
     * @param id the command's id
     * @param kind what it was told
     * @param fingerprint with {@link Kind#SET_CERTIFICATE} which certificate; else null
     * @param settled whether its result has been stored
     */
    public record Order(long id, Kind kind, @Nullable Bytes fingerprint, boolean settled) {

        /** The commands there are. */
        public enum Kind {
            /** Generate a key pair. */
            GENERATE_KEY_PAIR,
            /** Take a certificate. */
            SET_CERTIFICATE,
            /** Delete key and certificate. */
            DELETE_CREDENTIAL,
            /** Show the certificate. */
            READ_CERTIFICATE
        }

        /** Returns the same order, its result stored. */
        public Order settle() {
            return new Order(id, kind, fingerprint, true);
        }
    }

    /** Returns the same slot, to hold a certificate of this Root CA, or with null none. */
    public ManagedSlot wanting(@Nullable String newIssuer) {
        return new ManagedSlot(newIssuer, provisioned, reported, order, pendingKey);
    }

    /** Returns the same slot after its first provisioning. */
    public ManagedSlot provisionedNow() {
        return new ManagedSlot(issuer, true, reported, order, pendingKey);
    }

    /** Returns the same slot as reported now. */
    public ManagedSlot reported(SlotReport report) {
        return new ManagedSlot(issuer, provisioned, report, order, pendingKey);
    }

    /** Returns the same slot under another order. */
    public ManagedSlot ordered(@Nullable Order newOrder) {
        return new ManagedSlot(issuer, provisioned, reported, newOrder, pendingKey);
    }

    /** Returns the same slot with another pending key. */
    public ManagedSlot pending(@Nullable Bytes newPendingKey) {
        return new ManagedSlot(issuer, provisioned, reported, order, newPendingKey);
    }
}
