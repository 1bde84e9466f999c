package dev.rootbeat.conformance.world;

import dev.rootbeat.server.model.Plan;
import dev.rootbeat.sim.Leg;
import java.time.Duration;

/**
 * Something that is done to a world, or goes wrong in it: by an operator, a host, the network, the power, a clock. A value,
 * so that a history of deeds can be drawn, told, cut short and lived through again. Devices go by their place in the
 * fleet, from 0.
 */
public sealed interface Deed {

    /** What an operator can wish for a device. */
    enum Wish {
        RENEW,
        UPDATE,
        /** To the other Root CA of the device's domain. */
        TRANSFER,
        /** To the other domain, which consents. */
        HAND_OVER,
        /** To the other domain, with the consent that was used last. */
        HAND_OVER_UNASKED,
        /** To the Root CA of the home domain that was created last. */
        TRANSFER_TO_LATEST,
        REVOKE,
        DELETE,
        PROVISION
    }

    /** What is done to one device. */
    sealed interface OnDevice extends Deed {

        /** The device. */
        int device();
    }

    /** The operator of the device's domain asks for something. */
    record Ask(Wish wish, int device) implements OnDevice {}

    /** The operator of the device's domain sets its plan. */
    record Choose(Plan plan, int device) implements OnDevice {}

    /** The operator of the device's domain declares that it is no clone, and unblocks it. */
    record Clear(int device) implements OnDevice {}

    /** The host forces a heartbeat. */
    record Beat(int device) implements OnDevice {}

    /** The power fails so many steps into what the device writes next, which a forced heartbeat provokes. */
    record CutPower(int device, int steps) implements OnDevice {}

    /** Somebody who knows the device's key says something of long ago under its name. */
    record Pretend(int device) implements OnDevice {}

    /** The host keeps the device off for a time. */
    record SwitchOff(int device, Duration span) implements OnDevice {}

    /** The device's clock is set, forward or back. */
    record SetClock(int device, Duration by) implements OnDevice {}

    /** The device's cellular network is gone for a time. */
    record Disconnect(int device, Duration span) implements OnDevice {}

    /** The device's next message of a leg is lost. */
    record Lose(int device, Leg leg) implements OnDevice {}

    /** The home domain gets another webhook, for all events. */
    record AddWebhook() implements Deed {}

    /** The home domain's oldest webhook is deleted. */
    record DeleteWebhook() implements Deed {}

    /** The home domain gets another Root CA with this life. */
    record AddRootCa(Duration life) implements Deed {}

    /** The home domain's latest Root CA is retired. */
    record RetireRootCa() implements Deed {}

    /** The server signs certificates that are wrong for a time; how, says the fault. */
    record Misissue(String flaw, Duration span) implements Deed {}

    /** The server dies, and starts after a time. */
    record KillServer(Duration span) implements Deed {}

    /** The server's clock is set, forward or back. */
    record SetServerClock(Duration by) implements Deed {}

    /** The server's data is backed up. */
    record BackUp() implements Deed {}

    /** The server is put back to the last backup, if there is one. */
    record Restore() implements Deed {}

    /** The IoT platform has a bad time. */
    record DisturbPlatform(SimulatedPlatform.Fault fault, Duration span) implements Deed {}

    /** The receivers of webhooks have a bad time. */
    record DisturbReceivers(Receivers.Fault fault, Duration span) implements Deed {}

    /** The whole fleet is without power for a time, and wakes up at once. */
    record WakeUpAll(Duration span) implements Deed {}

    /** Time passes. */
    record Wait(Duration span) implements Deed {}
}
