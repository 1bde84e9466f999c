package dev.rootbeat.scenario.testbed;

import dev.rootbeat.conformance.world.SimulatedDevice;
import dev.rootbeat.module.Module;
import dev.rootbeat.module.testing.AtAnswer;
import dev.rootbeat.module.testing.TestBench;
import dev.rootbeat.module.testing.TestHost;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.scenario.testbed.Timeline.Kind;
import dev.rootbeat.sim.NetworkFault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A module of a world with its host. */
final class WorldUnit implements Unit {

    private final Ground ground;
    private final SimulatedDevice device;
    private final int number;
    private final Recorder recorder;
    private @Nullable TestHost host;

    WorldUnit(Ground ground, SimulatedDevice device, int number, Recorder recorder) {
        this.ground = ground;
        this.device = device;
        this.number = number;
        this.recorder = recorder;
    }

    @Override
    public RotPublicUid uid() {
        return device.uid();
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public int heartbeats() {
        return recorder.heartbeats(uid());
    }

    @Override
    public boolean isOn() {
        return device.isOn();
    }

    @Override
    public void powerOn() {
        fault("power on");
        device.powerOn();
    }

    @Override
    public void powerOff() {
        fault("power off");
        device.powerOff();
    }

    @Override
    public Module module() {
        return device.module();
    }

    @Override
    public AtAnswer send(String line) {
        return host().send(line);
    }

    /** The host is plugged in again after a power cut, which is a new module on the old storage. */
    private TestHost host() {
        if (host == null || !host.isPluggedInto(device.module())) {
            host = TestHost.plugIn(new Bench(device.module()));
        }
        return host;
    }

    @Override
    public void inject(NetworkFault networkFault) {
        fault(networkFault.toString());
        ground.network().inject(uid(), networkFault);
    }

    @Override
    public void cutPowerAfter(int steps) {
        fault("the power fails " + steps + " storage steps from now");
        device.medium().cutAfter(steps);
    }

    @Override
    public void replayFirstHeartbeat() {
        fault("a thief replays its first heartbeat");
        ground.network()
                .channel(uid(), ground.time().executor("thief"))
                .send(new Request(Request.HEARTBEAT, recorder.firstHeartbeat(uid())), _ -> {});
    }

    @Override
    public String login() {
        return device.module()
                .rootOfTrust()
                .credential(SlotReport.MANAGED)
                .map(credential -> ground.login(credential).orElse(""))
                .orElse("it holds no certificate");
    }

    private void fault(String what) {
        recorder.add(Kind.FAULT, uid().toString(), what);
    }

    /** The module as an event of the world sees it: a power cut ends what it does, and not the scenario. */
    private final class Bench implements TestBench {

        private final Module module;

        Bench(Module module) {
            this.module = module;
        }

        @Override
        public Module module() {
            return module;
        }

        @Override
        public <T> T call(Supplier<T> task) {
            var result = new CompletableFuture<T>();
            ground.time().executor("host").execute(() -> result.complete(task.get()));
            if (!await(result, Duration.ofSeconds(1))) {
                throw new AssertionError("the power of device " + number + " has failed");
            }
            return result.join();
        }

        @Override
        public boolean await(CompletableFuture<?> outcome, Duration atMost) {
            return ground.await(outcome::isDone, atMost);
        }
    }
}
