package dev.rootbeat.module.testing;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.ModuleBuilder;
import dev.rootbeat.module.fault.Fault;
import dev.rootbeat.module.real.PluggedModule;
import dev.rootbeat.module.real.RealWorld;
import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.sim.SimNetwork;
import dev.rootbeat.sim.VirtualTime;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A module in a test, switched on. It is always the same device, unless the test builds it otherwise. For one thread,
 * the test's.
 *
 * <p>In virtual time the module runs on the test's own thread, and time passes only while the test waits, and then at
 * once. In real time it has a thread of its own, and hosts that are not written in Java can come to it as well.
 */
public final class TestModule implements AutoCloseable {

    /** When virtual time begins. */
    public static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    private static final long SEED = 1;

    private final Stage stage;
    private final Records records;

    private TestModule(Stage stage, Records records) {
        this.stage = stage;
        this.records = records;
    }

    /** A module in virtual time that finds no server. */
    public static TestModule inVirtualTime() {
        return inVirtualTime(null, builder -> builder);
    }

    /**
     * A module in virtual time.
     *
     * @param server answers its heartbeats; none if null
     * @param options makes it otherwise than usual
     */
    public static TestModule inVirtualTime(@Nullable RequestHandler server, UnaryOperator<ModuleBuilder> options) {
        var time = new VirtualTime(START);
        var random = new SplittableRandom(SEED);
        var network = new SimNetwork(time.executor("network"), random.split());
        network.server(server);
        var records = new Records(time);
        ModuleBuilder usual = Module.builder(
                        time.executor("module"),
                        time,
                        random.split(),
                        records.over((uid, _, on) -> network.channel(uid, on)))
                .p256(new DeterministicP256(random.split()));
        Module module = options.apply(usual).observers(records).build();
        module.powerOn();
        return new TestModule(new Stage.Virtual(time, module), records);
    }

    /** A module in real time that finds no server. */
    public static TestModule inRealTime() {
        return inRealTime(null, builder -> builder);
    }

    /**
     * A module in real time.
     *
     * @param server where a certificate manager listens for devices; none if null
     * @param options makes it otherwise than usual
     */
    public static TestModule inRealTime(@Nullable InetSocketAddress server, UnaryOperator<ModuleBuilder> options) {
        InstantSource clock = InstantSource.system();
        var records = new Records(clock);
        RealWorld world = RealWorld.open(1);
        try {
            PluggedModule plugged = world.start(loop -> options.apply(
                            realBuilder(world, loop, clock, records, server).sockets(world.sockets(loop, Map.of())))
                    .observers(records));
            return new TestModule(new Stage.Real(world, plugged), records);
        } catch (RuntimeException e) {
            world.close();
            throw e;
        }
    }

    private static ModuleBuilder realBuilder(
            RealWorld world, EventLoop loop, InstantSource clock, Records records, @Nullable InetSocketAddress server) {
        var random = new SplittableRandom(SEED);
        var nowhere = new SimNetwork(loop, random.split());
        return Module.builder(
                loop,
                clock,
                random.split(),
                records.over((uid, key, on) ->
                        server == null ? nowhere.channel(uid, on) : world.channel(uid, key, server, loop)));
    }

    /** Plugs in a host that the test is itself. */
    public TestHost plugIn() {
        return TestHost.plugIn(stage);
    }

    /**
     * Has hosts come to a TCP port of this machine's loopback address, which is returned.
     *
     * @throws IllegalStateException in virtual time
     */
    public int tcpPort() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return real().plugged().listen(anyPort).getPort();
    }

    /**
     * Has a host come to a pseudo-terminal, whose path is returned.
     *
     * @throws IOException if this machine has none
     * @throws IllegalStateException in virtual time
     */
    public Path terminal() throws IOException {
        return real().plugged().openTerminal(null);
    }

    /**
     * Lets time pass.
     *
     * @throws IllegalStateException in real time, where it passes by itself
     */
    public void pass(Duration span) {
        switch (stage) {
            case Stage.Virtual virtual -> virtual.time().runFor(span);
            case Stage.Real _ -> throw new IllegalStateException("real time passes by itself; wait for something");
        }
    }

    /** The command lines that hosts have sent so far, as they typed them. */
    public List<String> received() {
        return stage.call(records.received()::all);
    }

    /**
     * Waits for a host to send a command line. One that came before counts too, but each only once.
     *
     * @param beginning how the line begins, such as {@code AT+CFUN=}
     * @return the whole line
     * @throws AssertionError if none comes in time, telling which ones came
     */
    public String awaitReceived(String beginning, Duration atMost) {
        return records.received().await(stage, beginning, atMost);
    }

    /** Everything that was said so far, a line each, with time and direction; private keys and passwords are hidden. */
    public String transcript() {
        return stage.call(records::transcript);
    }

    /**
     * Has something go wrong.
     *
     * @return the fault's number, with which it can be taken back
     */
    public int inject(Fault fault) {
        return stage.call(() -> stage.module().faults().add(fault));
    }

    /**
     * Has something go wrong.
     *
     * @param fault the text of a fault, such as {@code once AT+CSQ silence}
     * @return the fault's number, with which it can be taken back
     * @throws IllegalArgumentException saying at which character of the text what is wrong
     */
    public int inject(String fault) {
        return inject(Fault.parse(fault));
    }

    /** Takes a fault back, if it has not come to its end already. */
    public void takeBack(int fault) {
        stage.run(() -> stage.module().faults().remove(fault));
    }

    /** Whether the power is on. */
    public boolean isOn() {
        return stage.call(stage.module()::isOn);
    }

    /** Switches the power on. */
    public void powerOn() {
        stage.run(stage.module()::powerOn);
    }

    /** Cuts the power. */
    public void powerOff() {
        stage.run(stage.module()::powerOff);
    }

    /** Switches the power off and on again. */
    public void reboot() {
        stage.run(stage.module()::reboot);
    }

    /** Switches the module off, unplugs all hosts, and ends what it ran on. */
    @Override
    public void close() {
        stage.close();
    }

    private Stage.Real real() {
        return switch (stage) {
            case Stage.Real real -> real;
            case Stage.Virtual _ ->
                throw new IllegalStateException("hosts from outside come only to a module in real time");
        };
    }
}
