package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.server.model.Device;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether a heartbeat is let through: flood protection and the detection of clones (requirements, section 4;
 * protocol, section 2). It decides by the server's own state of the device alone.
 */
final class FloodGate {

    /** Exchanges that a device may have at once while it is being provisioned; a healthy one needs three. */
    static final int FREE_ATTEMPTS = 8;

    /** How many beats of one boot may arrive late: an agent sends one at a time, so a few cover every retry. */
    static final int REORDER_BEATS = 8;

    /** How long a datagram may be under way: MAX_LATENCY of RFC 7252, section 4.8.2. */
    static final Duration REORDER_TIME = Duration.ofSeconds(100);

    private final Duration guard;

    FloodGate(Duration guard) {
        this.guard = guard;
    }

    /** What becomes of a heartbeat. */
    sealed interface Verdict {

        /** It is let through; this is the number of exchanges in a row from now on. */
        record Accept(int attempts) implements Verdict {}

        /** It is the last accepted one again: the stored reply is repeated. */
        record Repeat(Bytes reply) implements Verdict {}

        /** It came too early or too late, and counts for nothing; the device may come again after this time. */
        record Wait(Duration maxAge) implements Verdict {}

        /** Two devices speak with this identity. */
        record Clone(String why) implements Verdict {}

        /** Nobody may speak for this device until an operator resolves it. */
        record Frozen(String why) implements Verdict {}
    }

    /**
     * Judges a heartbeat.
     *
     * @param provisioning whether the device is on its way to its first certificate: then attempts with back-off take
     *     the place of the guard interval
     */
    Verdict judge(Device device, Counter counter, Bytes digest, boolean provisioning, Instant now) {
        if (device.frozen() != null) {
            return new Verdict.Frozen(device.frozen());
        }
        Device.Exchange last = device.last();
        if (last == null) {
            return new Verdict.Accept(1);
        }
        int order = counter.compareTo(last.counter());
        if (order == 0) {
            return digest.equals(last.digest())
                    ? new Verdict.Repeat(last.reply())
                    : new Verdict.Clone("heartbeat " + counter + " came with two different bodies");
        }
        Duration elapsed = Duration.between(last.at(), now);
        // A clock that stepped back counts as interval elapsed, or a device would be locked out for the step.
        boolean steppedBack = elapsed.isNegative();
        if (order < 0) {
            return isLate(counter, last.counter(), elapsed, steppedBack)
                    ? new Verdict.Wait(remaining(guard, elapsed, steppedBack))
                    : new Verdict.Clone("heartbeat " + counter + " came after heartbeat " + last.counter());
        }
        Duration interval = provisioning ? backOff(device.attempts()) : guard;
        if (!steppedBack && elapsed.compareTo(interval) < 0) {
            return new Verdict.Wait(remaining(interval, elapsed, false));
        }
        boolean rested = steppedBack || elapsed.compareTo(guard) >= 0;
        return new Verdict.Accept(rested ? 1 : device.attempts() + 1);
    }

    private boolean isLate(Counter counter, Counter last, Duration elapsed, boolean steppedBack) {
        boolean fewBeatsAgo = counter.boot() == last.boot() && last.beat() - counter.beat() <= REORDER_BEATS;
        Duration window = guard.compareTo(REORDER_TIME) < 0 ? guard : REORDER_TIME;
        return fewBeatsAgo || (!steppedBack && elapsed.compareTo(window) < 0);
    }

    private Duration backOff(int attempts) {
        if (attempts < FREE_ATTEMPTS) {
            return Duration.ZERO;
        }
        int doublings = Math.min(attempts - FREE_ATTEMPTS, 20);
        Duration wait = Duration.ofSeconds(1L << doublings);
        return wait.compareTo(guard) < 0 ? wait : guard;
    }

    /** Whole seconds, rounded up, at least one; Max-Age has no finer unit. */
    private static Duration remaining(Duration interval, Duration elapsed, boolean steppedBack) {
        Duration left = steppedBack ? Duration.ZERO : interval.minus(elapsed);
        return Duration.ofSeconds(Math.max(1, left.plusNanos(999_999_999).toSeconds()));
    }
}
