package dev.rootbeat.scenario.testbed;

import dev.rootbeat.conformance.world.Operator;
import dev.rootbeat.conformance.world.Receivers;
import dev.rootbeat.conformance.world.SimulatedDevice;
import dev.rootbeat.conformance.world.World;
import dev.rootbeat.conformance.world.WorldSettings;
import dev.rootbeat.module.Product;
import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.api.LocalCalls;
import dev.rootbeat.server.fault.Faults;
import dev.rootbeat.sim.SimNetwork;
import dev.rootbeat.sim.SteppedClock;
import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** The simulated world: one seed decides everything, and every promise is checked after every event. */
record SimulatedGround(World world) implements Ground {

    /**
     * Makes a world without devices.
     *
     * @param watch sees what devices do
     * @param told is given what the receiver of webhooks is told
     */
    static SimulatedGround of(WorldSettings settings, Behaviour watch, Consumer<Bytes> told) {
        var world = new World(settings.behaving(watch, settings.oddities().server()));
        world.receivers().read(message -> told.accept(message.body()));
        return new SimulatedGround(world);
    }

    @Override
    public VirtualTime time() {
        return world.time();
    }

    @Override
    public boolean await(BooleanSupplier holds, Duration atMost) {
        return world.runUntil(holds, atMost);
    }

    @Override
    public SimNetwork network() {
        return world.network();
    }

    @Override
    public SimulatedDevice add(Product product) {
        return world.add(product);
    }

    /** A call is an event as all others are: promises are checked after it. */
    @Override
    public Optional<Testbed.Answer> call(String domain, String path, ObjectNode body) {
        Operator operator = domain.equals(Testbed.HOME) ? world.operator() : world.otherOperator();
        var called = new CompletableFuture<Optional<LocalCalls.Answer>>();
        world.time().executor("operator").execute(() -> called.complete(operator.call(path, body)));
        await(called::isDone, Duration.ofMillis(1));
        return called.join().map(answer -> Testbed.Answer.of(answer.isGood(), answer.body()));
    }

    @Override
    public void killServer() {
        world.killServer();
    }

    @Override
    public void startServer() {
        world.startServer();
    }

    @Override
    public SteppedClock serverClock() {
        return world.server().clock();
    }

    @Override
    public Faults serverFaults() {
        return world.server().faults();
    }

    @Override
    public Optional<String> login(Credential credential) {
        return world.server().login(Certificates.of(credential));
    }

    @Override
    public String hook() {
        return "http://127.0.0.1/hook";
    }

    @Override
    public void hookAnswers(int status) {
        switch (status) {
            case 200 -> world.receivers().heal(hook());
            case 0 -> world.receivers().fault(hook(), Receivers.Fault.DOWN);
            default -> world.receivers().fault(hook(), Receivers.Fault.ANSWERS_500);
        }
    }

    /** Nothing runs any more when time does not. */
    @Override
    public void close() {}
}
