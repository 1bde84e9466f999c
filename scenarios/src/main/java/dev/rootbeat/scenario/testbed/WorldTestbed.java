package dev.rootbeat.scenario.testbed;

import dev.rootbeat.conformance.world.World;
import dev.rootbeat.conformance.world.WorldSettings;
import dev.rootbeat.module.Product;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.scenario.testbed.Timeline.Kind;
import dev.rootbeat.server.fault.Fault;
import dev.rootbeat.server.fault.Harm;
import dev.rootbeat.sim.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A testbed in a world, which keeps the record of what happens. */
public final class WorldTestbed implements Testbed {

    private static final Weather NOTHING_ARRIVES = new Weather(1, 0, Duration.ZERO, Duration.ZERO);

    private final Ground ground;
    private final Recorder recorder;
    private final List<Unit> units = new ArrayList<>();
    private final Inbox receiver = new Inbox();

    /** Makes the ground, with what is to be told of what happens on it. */
    @FunctionalInterface
    private interface Maker {
        Ground make(Behaviour watch, Consumer<Bytes> told);
    }

    private WorldTestbed(WorldSettings settings, Maker maker) {
        recorder = new Recorder(settings.oddities().device(), settings.times().start(), this::now);
        ground = maker.make(recorder, receiver::got);
    }

    /** Makes one in virtual time, where everything follows from the seed. */
    public static Testbed simulated(WorldSettings settings) {
        return new WorldTestbed(settings, (watch, told) -> SimulatedGround.of(settings, watch, told));
    }

    /** Makes one on real sockets and a real file, where time jumps whenever nobody is busy. */
    public static Testbed real(WorldSettings settings) {
        return new WorldTestbed(settings, (watch, told) -> RealGround.open(settings, watch, told));
    }

    @Override
    public Instant now() {
        return ground.time().instant();
    }

    @Override
    public boolean await(BooleanSupplier holds, Duration atMost) {
        return ground.await(holds, atMost);
    }

    @Override
    public Answer call(String domain, String path, ObjectNode body) {
        Answer answer =
                ground.call(domain, path, body).orElseThrow(() -> new AssertionError(path + ": the server is down"));
        recorder.add(Kind.CALL, "operator of " + domain, path + " " + (answer.isOk() ? "succeeds" : answer.error()));
        return answer;
    }

    @Override
    public Unit add(Product product) {
        var unit = new WorldUnit(ground, ground.add(product), units.size() + 1, recorder);
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
        ground.killServer();
    }

    @Override
    public void startServer() {
        recorder.add(Kind.FAULT, "server", "starts again");
        ground.startServer();
    }

    @Override
    public void stepServerClock(Duration step) {
        recorder.add(Kind.FAULT, "server", "its clock steps by " + step);
        ground.serverClock().step(step);
    }

    @Override
    public void network(boolean up) {
        recorder.add(Kind.FAULT, "network", up ? "up" : "down");
        ground.network().weather(up ? Weather.CALM : NOTHING_ARRIVES);
    }

    @Override
    public void serverFault(String fault) {
        recorder.add(Kind.FAULT, "server", fault);
        Fault parsed = Fault.parse(fault);
        if (parsed.harm() instanceof Harm.Crash) {
            throw new AssertionError(
                    "\"" + fault + "\": the scenario would die with the server; say when the server dies");
        }
        ground.serverFaults().add(parsed);
    }

    @Override
    public void noServerFaults() {
        ground.serverFaults().clear();
    }

    @Override
    public Receiver receiver() {
        return receiver;
    }

    @Override
    public Timeline timeline() {
        return recorder.timeline();
    }

    @Override
    public void close() {
        ground.close();
    }

    /** The one receiver. */
    private final class Inbox implements Receiver {

        private final List<JsonNode> told = new ArrayList<>();

        @Override
        public String url() {
            return ground.hook();
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
            ground.hookAnswers(status);
        }

        private void got(Bytes message) {
            JsonNode body = JsonMapper.shared().readTree(message.toArray());
            recorder.add(
                    Kind.EVENT,
                    "webhook receiver",
                    "is told " + body.path("Event").asString(""));
            told.add(body);
        }
    }
}
