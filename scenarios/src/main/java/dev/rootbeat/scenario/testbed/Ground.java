package dev.rootbeat.scenario.testbed;

import dev.rootbeat.conformance.world.SimulatedDevice;
import dev.rootbeat.module.Product;
import dev.rootbeat.rot.Credential;
import dev.rootbeat.server.fault.Faults;
import dev.rootbeat.sim.SimNetwork;
import dev.rootbeat.sim.SteppedClock;
import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/** What testbeds stand on: all in which the worlds differ. For one thread, the scenario's. */
interface Ground extends AutoCloseable {

    /** The time of everybody. */
    VirtualTime time();

    /** Lets time pass until something holds, and returns whether it does; the power of devices may fail meanwhile. */
    boolean await(BooleanSupplier holds, Duration atMost);

    /** The network around the devices; what goes wrong on a message's way goes wrong here. */
    SimNetwork network();

    /** Adds a device, without power. */
    SimulatedDevice add(Product product);

    /** Makes a REST call as an operator of a domain; nothing if the server is down. */
    Optional<Testbed.Answer> call(String domain, String path, ObjectNode body);

    /** The server dies, if it is up. */
    void killServer();

    /** The server starts, if it is down. */
    void startServer();

    /** The server's clock. */
    SteppedClock serverClock();

    /** What the server does wrong. */
    Faults serverFaults();

    /** Why a device cannot log in to the IoT platform with what it holds; nothing if it can. */
    Optional<String> login(Credential credential);

    /** Where the receiver of webhooks is. */
    String hook();

    /** What the receiver of webhooks answers from now on: an HTTP status; 0 for no answer. */
    void hookAnswers(int status);

    @Override
    void close();
}
