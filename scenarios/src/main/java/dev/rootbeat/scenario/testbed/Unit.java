package dev.rootbeat.scenario.testbed;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.testing.AtAnswer;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.sim.NetworkFault;

/** A module on a testbed, and the host that is plugged into it. */
public interface Unit {

    /** Its identity. */
    RotPublicUid uid();

    /** Its number on the testbed, from 1. */
    int number();

    /** How many heartbeats it has sent, of its own accord or its host's. */
    int heartbeats();

    /** Whether it has power. */
    boolean isOn();

    /** Gives it power; it boots. */
    void powerOn();

    /** Cuts its power at this instant. */
    void powerOff();

    /**
     * The running module.
     *
     * @throws IllegalStateException if it has no power
     */
    Module module();

    /** Has its host send a command line, and lets time pass until the answer is there. */
    AtAnswer send(String line);

    /** Lets a fault happen to its next message on the fault's leg. Faults of one leg happen in turn. */
    void inject(NetworkFault fault);

    /** Cuts the power in the middle of a storage write, after so many steps; it comes back ten seconds later. */
    void cutPowerAfter(int steps);

    /** Has a thief, who knows its key, send the first heartbeat again that it has ever sent. */
    void replayFirstHeartbeat();

    /** Tries to log in to the IoT platform with what its Root of Trust holds now; returns why not, or nothing. */
    String login();
}
