package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows of a device.
 *
 * @param uid its identity
 * @param product the type number that it reported last
 * @param firmware the firmware version that it reported last
 * @param claim whose it is; null until it is sealed
 * @param standing whether it gets the service's features
 * @param plan its plan, from the profile at sealing or set singly
 * @param frozen why nobody may speak for it: a clone is suspected; null as a rule
 * @param issuer the Root CA whose certificate it shall hold; null before provisioning and after a delete
 * @param provisioned whether its first provisioning is complete
 * @param last its last accepted heartbeat; null until the first
 * @param attempts exchanges without progress while the guard interval does not apply to it
 * @param slot what the managed slot held at the last report
 * @param order the command that it was told last; null if none
 * @param pendingKey the pending key whose request it sent, DER SubjectPublicKeyInfo; null if none
 */
public record Device(
        RotPublicUid uid,
        String product,
        String firmware,
        @Nullable Claim claim,
        Standing standing,
        Plan plan,
        @Nullable String frozen,
        @Nullable String issuer,
        boolean provisioned,
        @Nullable Exchange last,
        int attempts,
        SlotReport slot,
        @Nullable Order order,
        @Nullable Bytes pendingKey) {

    /** Whether a device gets the service's features (requirements, section 3.4). */
    public enum Standing {
        /** Known, not sealed. */
        REGISTERED,
        /** Sealed but not on the whitelist: it belongs to the domain and gets nothing. */
        BLACKLISTED,
        /** Sealed, with all features. */
        ACTIVATED
    }

    /**
     * Whose a device is.
     *
     * @param domain the domain
     * @param profileUid the profile that it was sealed with
     * @param serial the serial number that its host gave it
     */
    public record Claim(String domain, String profileUid, String serial) {}

    /**
     * The last accepted heartbeat.
     *
     * @param counter its counter
     * @param digest SHA-256 over its body
     * @param at when it was accepted, by the server's clock
     * @param reply the reply's body, to be repeated to the same heartbeat
     * @param resultsTaken how many messages of results it has had
     */
    public record Exchange(Counter counter, Bytes digest, Instant at, Bytes reply, int resultsTaken) {}

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
    }

    /** Returns a device that has never spoken before. */
    public static Device unknown(RotPublicUid uid) {
        return new Device(
                uid,
                "",
                "",
                null,
                Standing.REGISTERED,
                Plan.NONE,
                null,
                null,
                false,
                null,
                0,
                SlotReport.empty(SlotReport.MANAGED),
                null,
                null);
    }
}
