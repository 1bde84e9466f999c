package dev.rootbeat.rot.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a slot of the Root of Trust holds. Keys are named by thumbprint: SHA-256 over the DER SubjectPublicKeyInfo, 32
 * octets.
 *
 * @param slot the slot's number, 0 to {@value #MAX_SLOT}
 * @param activeKey the key that the certificate belongs to; null exactly if there is no certificate
 * @param certificate the certificate in use; null if there is none
 * @param pendingKey a key that was generated and has no certificate yet; null if there is none
 */
public record SlotReport(
        int slot,
        @Nullable Bytes activeKey,
        @Nullable CertificateRef certificate,
        @Nullable Bytes pendingKey) {

    /** The slot that Zero Touch Provisioning fills and the certificate manager manages. */
    public static final int MANAGED = 0;

    /** The highest slot number that a message can name. */
    public static final int MAX_SLOT = 15;

    /** Returns the report of a slot that holds nothing. */
    public static SlotReport empty(int slot) {
        return new SlotReport(slot, null, null, null);
    }
}
