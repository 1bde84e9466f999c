package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a domain is told (requirements, section 8).
 *
 * @param domain the domain; null while the device belongs to none
 * @param device the device; null if it concerns a Root CA
 * @param kind what happened
 * @param subject the certificate's serial number, or the Root CA's id, or the reason; null if there is nothing to name
 * @param at when
 */
public record Notification(
        @Nullable String domain,
        @Nullable RotPublicUid device,
        Kind kind,
        @Nullable String subject,
        Instant at) {

    /**
     * Returns whose sequence of events it belongs to: the device's identity, the domain where there is no device, or
     * nothing where there is neither.
     */
    public String source() {
        if (device != null) {
            return device.toString();
        }
        return domain == null ? "" : domain;
    }

    /** What a domain can be told. */
    public enum Kind {
        /** A device made its first contact. */
        DEVICE_BOOTSTRAPPED,
        /** A device was sealed and activated. */
        DEVICE_SEALED,
        /** A device was sealed and is not on the whitelist. */
        DEVICE_BLACKLISTED,
        /** Two devices speak with one identity; the device is frozen. */
        CLONE_SUSPECTED,
        /** A device came to the developer plan when it was full, and has no plan. */
        PLAN_LIMIT_REACHED,
        /** The first certificate, or one after a delete, took effect. */
        CERTIFICATE_ISSUED,
        /** A renewal took effect. */
        CERTIFICATE_RENEWED,
        /** An update took effect. */
        CERTIFICATE_UPDATED,
        /** A transfer took effect. */
        CERTIFICATE_TRANSFERRED,
        /** A certificate was deleted from its device. */
        CERTIFICATE_DELETED,
        /** A certificate was revoked. */
        CERTIFICATE_REVOKED,
        /** The certificate in use ends soon, and no other has taken its place. */
        CERTIFICATE_EXPIRING,
        /** The certificate in use has ended. */
        CERTIFICATE_EXPIRED,
        /** An operation was given up. */
        OPERATION_FAILED,
        /** A Root CA has too little life left for automatic renewals. */
        ROOT_CA_EXPIRING
    }
}
