package dev.rootbeat.scenario.testbed;

import dev.rootbeat.conformance.world.Operator;
import dev.rootbeat.conformance.world.Receivers;
import dev.rootbeat.conformance.world.World;
import dev.rootbeat.conformance.world.WorldSettings;
import dev.rootbeat.module.Product;
import dev.rootbeat.scenario.testbed.Timeline.Kind;
import dev.rootbeat.server.api.LocalCalls;
import dev.rootbeat.server.event.Message;
import dev.rootbeat.server.fault.Fault;
import dev.rootbeat.sim.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A testbed in the simulated world: virtual time, one seed, and every promise checked after every event. */
public final class SimulatedTestbed implements Testbed {

    private static final Weather NOTHING_ARRIVES = new Weather(1, 0, Duration.ZERO, Duration.ZERO);

    private final World world;
    private final Recorder recorder;
    private final List<Unit> units = new ArrayList<>();
    private final Inbox receiver = new Inbox();

    /** Builds one on a world without devices. */
    public SimulatedTestbed(WorldSettings settings) {
        recorder = new Recorder(settings.times().start(), this::now);
        world = new World(settings.behaving(recorder, settings.oddities().server()));
        world.receivers().read(receiver::got);
    }

    @Override
    public Instant now() {
        return world.time().instant();
    }

    @Override
    public boolean await(BooleanSupplier holds, Duration atMost) {
        return world.runUntil(holds, atMost);
    }

    @Override
    public Answer call(String domain, String path, ObjectNode body) {
        Operator operator = domain.equals(HOME) ? world.operator() : world.otherOperator();
        // A call is an event as all others are: promises are checked after it.
        var called = new CompletableFuture<Optional<LocalCalls.Answer>>();
        world.time().executor("operator").execute(() -> called.complete(operator.call(path, body)));
        await(called::isDone, Duration.ofMillis(1));
        LocalCalls.Answer answer = called.join().orElseThrow(() -> new AssertionError(path + ": the server is down"));
        String error = answer.isGood() ? "" : answer.body().path("Error").asString("");
        recorder.add(Kind.CALL, "operator of " + domain, path + " " + (error.isEmpty() ? "succeeds" : error));
        return new Answer(error, answer.body());
    }

    @Override
    public Unit add(Product product) {
        var unit = new SimulatedUnit(world, world.add(product), units.size() + 1, recorder);
        units.add(unit);
        return unit;
    }

    @Override
    public List<Unit> units() {
        return List.copyOf(units);
    }

    @Override
    public void killServer() {
        recorder.add(Kind.FAULT, "server", "dies");
        world.killServer();
    }

    @Override
    public void startServer() {
        recorder.add(Kind.FAULT, "server", "starts again");
        world.startServer();
    }

    @Override
    public void stepServerClock(Duration step) {
        recorder.add(Kind.FAULT, "server", "its clock steps by " + step);
        world.server().clock().step(step);
    }

    @Override
    public void network(boolean up) {
        recorder.add(Kind.FAULT, "network", up ? "up" : "down");
        world.network().weather(up ? Weather.CALM : NOTHING_ARRIVES);
    }

    @Override
    public void serverFault(String fault) {
        recorder.add(Kind.FAULT, "server", fault);
        world.server().faults().add(Fault.parse(fault));
    }

    @Override
    public void noServerFaults() {
        world.server().faults().clear();
    }

    @Override
    public Receiver receiver() {
        return receiver;
    }

    @Override
    public Timeline timeline() {
        return recorder.timeline();
    }

    /** Nothing runs any more when time does not. */
    @Override
    public void close() {}

    /** The one receiver, by name. */
    private final class Inbox implements Receiver {

        private final List<JsonNode> told = new ArrayList<>();

        @Override
        public String url() {
            return "http://127.0.0.1/hook";
        }

        @Override
        public String secret() {
            return World.WEBHOOK_SECRET;
        }

        @Override
        public List<JsonNode> told() {
            return List.copyOf(told);
        }

        @Override
        public void answers(int status) {
            recorder.add(Kind.FAULT, "webhook receiver", status == 0 ? "down" : "answers " + status);
            switch (status) {
                case 200 -> world.receivers().heal(url());
                case 0 -> world.receivers().fault(url(), Receivers.Fault.DOWN);
                default -> world.receivers().fault(url(), Receivers.Fault.ANSWERS_500);
            }
        }

        private void got(Message message) {
            JsonNode body = JsonMapper.shared().readTree(message.body().toArray());
            recorder.add(
                    Kind.EVENT,
                    "webhook receiver",
                    "is told " + body.path("Event").asString(""));
            told.add(body);
        }
    }
}
