package dev.rootbeat.conformance.explain;

import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Something that is on record about a device. Certificates go by their serial numbers, in hexadecimal digits. */
sealed interface Fact {

    /** When, by the clock of whoever recorded it. */
    Instant at();

    /** An operation came to a state; it came to its first one when it was asked for. */
    record Stepped(
            Instant at,
            String operation,
            Operation.Kind kind,
            Operation.State state,
            @Nullable String reason) implements Fact {}

    /** A certificate was signed. */
    record Signed(Instant at, String serial, String rootCa) implements Fact {}

    /** A certificate was revoked. */
    record Revoked(Instant at, String serial, String reason) implements Fact {}

    /** A certificate was billed. */
    record Billed(Instant at, String serial, Operation.Kind kind) implements Fact {}

    /** The domain was told something. */
    record Told(
            Instant at, Notification.Kind kind, @Nullable String subject) implements Fact {}

    /** A plan was chosen for the device. */
    record Chosen(Instant at, Plan plan) implements Fact {}

    /** A month of the device's plan is on an invoice. */
    record Invoiced(Instant at, String invoice, LocalDate start, LocalDate end, String sum, String parts)
            implements Fact {}

    /**
     * A line of the event log of a simulated world.
     *
     * @param what a message's leg and code, a command, or what happens to the device, the server or the network
     * @param detail what became of it
     */
    record Logged(Instant at, String what, String detail) implements Fact {}
}
