package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to change the certificate of one device, with its history (requirements, section 5).
 *
 * @param id its identity
 * @param device the device
 * @param domain the domain that asked, and pays
 * @param kind what was asked
 * @param issuer with {@link Kind#PROVISION} and {@link Kind#TRANSFER} the Root CA asked for; else null
 * @param history its states, oldest first, the present one last; never empty
 * @param tries how often the device has refused it
 */
public record Operation(
        String id,
        RotPublicUid device,
        String domain,
        Kind kind,
        @Nullable String issuer,
        List<Change> history,
        int tries) {

    /** What can be asked. */
    public enum Kind {
        /** The first certificate, or one after a delete, with a key pair that the device generates. */
        PROVISION,
        /** A fresh certificate on the same key, by hand. */
        RENEW,
        /** The same, started by the server because the certificate ends soon. */
        AUTOMATIC_RENEW,
        /** A certificate by another Root CA on the same key. */
        TRANSFER,
        /** A new key pair and its certificate. */
        UPDATE,
        /** No certificate and no key any more. */
        DELETE,
        /** The certificate is invalid at once; nothing changes in the device. */
        REVOKE
    }

    /** Where an operation stands. */
    public enum State {
        /** It waits for the device's next heartbeat. */
        ACCEPTED,
        /** The device was told to do a first part: it generates a key pair. */
        ORDERED,
        /** What fulfils it was handed to the device. */
        DELIVERED,
        /** The device reported it. */
        EFFECTIVE,
        /** It was given up; the change says why. */
        FAILED,
        /** A later operation took its place. */
        SUPERSEDED,
        /** A delete or a revocation ended it. */
        CANCELLED;

        /** Returns whether the device still owes the operation. */
        public boolean isOpen() {
            return this == ACCEPTED || this == ORDERED || this == DELIVERED;
        }
    }

    /**
     * A step in an operation's life.
     *
     * @param state the state from then on
     * @param at when
     * @param reason why, where there is something to say
     */
    public record Change(State state, Instant at, @Nullable String reason) {}

    /** Returns where it stands. */
    public State state() {
        return history.getLast().state();
    }

    /** Returns the same operation in a new state; unchanged if it is in that state already. */
    public Operation to(State state, Instant at, @Nullable String reason) {
        if (state() == state) {
            return this;
        }
        var longer = new ArrayList<>(history);
        longer.add(new Change(state, at, reason));
        return new Operation(id, device, domain, kind, issuer, List.copyOf(longer), tries);
    }

    /** Returns the same operation after one more refusal by the device. */
    public Operation refusedOnceMore() {
        return new Operation(id, device, domain, kind, issuer, history, tries + 1);
    }
}
