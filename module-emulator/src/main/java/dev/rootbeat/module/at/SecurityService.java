package dev.rootbeat.module.at;

import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Seal;
import java.util.function.Consumer;

/**
 * What the security commands ask of the heartbeat agent (AT reference, section 2.2). Every method is called on the
 * module's executor and returns at once.
 */
public interface SecurityService {

    /** Where the device stands with the service; no connection is needed to ask. */
    DeviceStatus status();

    /**
     * Asks for the device to be sealed. An accepted seal completes in the background and then shows in
     * {@link #status()}; one that the server refuses is forgotten, so that another can be tried.
     */
    SealAnswer seal(Seal seal);

    /**
     * Forces a heartbeat (requirements, section 4).
     *
     * @param outcome told exactly once, on the module's executor, possibly before this method returns and within the
     *     120 s that a heartbeat may take with its second try (protocol, section 1)
     */
    void force(Consumer<ForcedOutcome> outcome);

    /** The answer to a request for sealing. */
    enum SealAnswer {
        /** Under way, or sealed already with the same profile and serial number. */
        ACCEPTED,
        /** Sealed, or being sealed, with another profile or serial number. */
        ALREADY_SEALED,
        /** The service does not know the module yet. */
        NOT_BOOTSTRAPPED,
        /** The module is not attached to a network. */
        NO_CONNECTION,
        /** The storage has no room to keep the seal. */
        STORAGE_FULL
    }

    /** What became of a forced heartbeat. */
    enum ForcedOutcome {
        /** Sent, and accepted by the server. */
        ACCEPTED,
        /** Not sent, or answered 4.29 or 5.03: the guard interval has not passed. */
        TOO_EARLY,
        /** No answer came. */
        NO_CONNECTION,
        /** The server refused it; a suspected clone is frozen, for example. */
        REFUSED
    }
}
