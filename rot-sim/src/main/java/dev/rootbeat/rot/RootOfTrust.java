package dev.rootbeat.rot;

import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The Root of Trust of a module. It generates key pairs, keeps certificates in slots, and runs the commands of the
 * certificate manager. One thread at a time.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class RootOfTrust {

    /** How many slots it has; slot {@link SlotReport#MANAGED} is the certificate manager's. */
    public static final int SLOTS = 4;

    private RootOfTrust() {}

    /**
     * Starts the Root of Trust on its storage: recovers, and stores the next boot number before it returns.
     *
     * @throws Flash.StorageFull if not even the boot number has room
     */
    public static RootOfTrust boot(RotIdentity identity, Flash flash, P256 p256) throws Flash.StorageFull {
        throw new UnsupportedOperationException();
    }

    /** Its public identity. */
    public RotPublicUid uid() {
        throw new UnsupportedOperationException();
    }

    /** The next counter for a heartbeat; higher than every one before, in this boot and earlier ones. */
    public Counter nextCounter() {
        throw new UnsupportedOperationException();
    }

    /** What each slot holds, by ascending number. */
    public List<SlotReport> report() {
        throw new UnsupportedOperationException();
    }

    /**
     * Runs a command and stores its result together with its effect. A command whose id was run before is answered
     * with the stored result.
     *
     * @param serverTime the time of the reply that brought it; certificates are validated against it
     */
    public Result execute(Command command, Instant serverTime) {
        throw new UnsupportedOperationException();
    }

    /** Results that {@link #acknowledge} has not named yet, oldest first. */
    public List<Result> unacknowledged() {
        throw new UnsupportedOperationException();
    }

    /** The server has stored these results. */
    public void acknowledge(List<Long> ids) {
        throw new UnsupportedOperationException();
    }

    /** The credential that a slot uses, or empty if it has none. */
    public Optional<Credential> credential(int slot) {
        throw new UnsupportedOperationException();
    }

    /** The pre-shared key of the secure channel, 16 octets (protocol, section 1). */
    public Bytes channelKey() {
        throw new UnsupportedOperationException();
    }
}
