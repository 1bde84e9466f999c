package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.RotPublicUid;
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
 * @param last its last accepted heartbeat; null until the first, and after a suspected clone was resolved
 * @param attempts exchanges in a row while the guard interval does not apply to it
 * @param managed the slot that the certificate manager manages
 */
public record Device(
        RotPublicUid uid,
        String product,
        String firmware,
        @Nullable Claim claim,
        Standing standing,
        Plan plan,
        @Nullable String frozen,
        @Nullable Exchange last,
        int attempts,
        ManagedSlot managed) {

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

    /** Returns the plan in force: none before it is activated, whatever was chosen for it. */
    public Plan planInForce() {
        return standing == Standing.ACTIVATED ? plan : Plan.NONE;
    }

    /** Returns a device that has never spoken before. */
    public static Device unknown(RotPublicUid uid) {
        return new Device(uid, "", "", null, Standing.REGISTERED, Plan.NONE, null, null, 0, ManagedSlot.UNTOUCHED);
    }

    /** Returns the same device with the product and firmware that it reports. */
    public Device reporting(String newProduct, String newFirmware) {
        return new Device(uid, newProduct, newFirmware, claim, standing, plan, frozen, last, attempts, managed);
    }

    /** Returns the same device as somebody's. */
    public Device claimed(Claim newClaim, Standing newStanding, Plan newPlan) {
        return new Device(uid, product, firmware, newClaim, newStanding, newPlan, frozen, last, attempts, managed);
    }

    /** Returns the same device, frozen for a reason, or with null not frozen any more. */
    public Device frozen(@Nullable String reason) {
        return new Device(uid, product, firmware, claim, standing, plan, reason, last, attempts, managed);
    }

    /** Returns the same device after an exchange. */
    public Device after(@Nullable Exchange exchange, int newAttempts) {
        return new Device(uid, product, firmware, claim, standing, plan, frozen, exchange, newAttempts, managed);
    }

    /** Returns the same device with another state of its managed slot. */
    public Device with(ManagedSlot newManaged) {
        return new Device(uid, product, firmware, claim, standing, plan, frozen, last, attempts, newManaged);
    }
}
