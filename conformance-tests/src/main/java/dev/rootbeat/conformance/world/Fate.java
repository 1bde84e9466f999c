package dev.rootbeat.conformance.world;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reason;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.fault.Fault;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.sim.NetworkFault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does deeds to a world. What ends after a time ends by itself. */
public final class Fate {

    private static final Duration ROOT_CA_LIFE = Duration.ofDays(3650);

    private final World world;
    private final ScheduledExecutorService executor;

    /** The Root CAs of each domain, two of each. */
    private final Map<String, List<RootCa>> rootCas = new TreeMap<>();

    private final Deque<String> webhooks = new ArrayDeque<>();
    private int webhooksMade;
    private @Nullable Runnable backup;
    private @Nullable RootCa latest;
    private @Nullable HandOver lastHandOver;

    /** Where devices were handed over to, with whose consent. */
    private record HandOver(RootCa rootCa, String consent) {}

    /** Takes a world whose server runs, and sees to it that devices have somewhere to be transferred to. */
    public Fate(World world) {
        this(world, true);
    }

    /** The same without anywhere to be transferred to in the other domain. */
    static Fate atHome(World world) {
        return new Fate(world, false);
    }

    private Fate(World world, boolean handsOver) {
        this.world = world;
        this.executor = world.time().executor("fate");
        rootCas.put(World.DOMAIN, List.of(world.rootCa(), world.operator().createRootCa("Second", ROOT_CA_LIFE)));
        if (handsOver) {
            rootCas.put(
                    World.OTHER_DOMAIN,
                    List.of(
                            world.otherOperator().createRootCa("Theirs", ROOT_CA_LIFE),
                            world.otherOperator().createRootCa("Theirs too", ROOT_CA_LIFE)));
        }
    }

    /** Does a deed, in an event of its own, as soon as time goes on; what it is goes into the log. */
    public void happen(Deed deed) {
        executor.execute(() -> now(deed));
    }

    /** Does a deed; called from inside an event. */
    void now(Deed deed) {
        switch (deed) {
            case Deed.OnDevice onDevice -> onDevice(onDevice);
            case Deed.AddWebhook _ -> addWebhook();
            case Deed.DeleteWebhook _ -> deleteWebhook();
            case Deed.AddRootCa(Duration life) ->
                world.operator().askForRootCa("Another", life).ifPresent(added -> latest = added);
            case Deed.RetireRootCa _ -> Optional.ofNullable(latest).ifPresent(world.operator()::retire);
            case Deed.Misissue(String flaw, Duration span) -> {
                world.note("server", "certificates: " + flaw);
                int fault = world.server().faults().add(Fault.parse("certificate " + flaw));
                after(span, () -> world.server().faults().remove(fault));
            }
            case Deed.KillServer(Duration span) -> {
                world.killServer();
                after(span, world::startServer);
            }
            case Deed.SetServerClock(Duration by) -> {
                world.note("server", "clock " + by);
                world.server().clock().step(by);
            }
            case Deed.BackUp _ -> backup = world.backUpServer();
            case Deed.Restore _ -> Optional.ofNullable(backup).ifPresent(Runnable::run);
            case Deed.DisturbPlatform(var fault, Duration span) -> {
                world.note("platform", fault.name());
                world.platform().fault(fault);
                after(span, () -> world.platform().fault(null));
            }
            case Deed.DisturbReceivers(var fault, Duration span) -> {
                world.note("receivers", fault.name());
                for (int i = 0; i < webhooksMade; i++) {
                    world.receivers().fault(url(i), fault);
                }
                after(span, () -> world.receivers().heal());
            }
            case Deed.WakeUpAll(Duration span) -> {
                world.note("fleet", "off for " + span);
                world.cast().forEach(SimulatedDevice::powerOff);
                after(span, () -> world.cast().forEach(SimulatedDevice::powerOn));
            }
            case Deed.Wait _ -> {}
        }
    }

    /** How long a deed has an effect that ends by itself. */
    static Duration span(Deed deed) {
        return switch (deed) {
            case Deed.SwitchOff(int _, Duration span) -> span;
            case Deed.Disconnect(int _, Duration span) -> span;
            case Deed.Misissue(var _, Duration span) -> span;
            case Deed.KillServer(Duration span) -> span;
            case Deed.DisturbPlatform(var _, Duration span) -> span;
            case Deed.DisturbReceivers(var _, Duration span) -> span;
            case Deed.WakeUpAll(Duration span) -> span;
            case Deed.Ask _,
                    Deed.Choose _,
                    Deed.Clear _,
                    Deed.Beat _,
                    Deed.CutPower _,
                    Deed.Pretend _,
                    Deed.AddRootCa _,
                    Deed.RetireRootCa _,
                    Deed.SetClock _,
                    Deed.Lose _,
                    Deed.AddWebhook _,
                    Deed.DeleteWebhook _,
                    Deed.SetServerClock _,
                    Deed.BackUp _,
                    Deed.Restore _,
                    Deed.Wait _ -> Duration.ZERO;
        };
    }

    private void onDevice(Deed.OnDevice deed) {
        SimulatedDevice device = world.devices().get(deed.device());
        switch (deed) {
            case Deed.Ask(Deed.Wish wish, int _) -> ask(wish, device.uid());
            case Deed.Choose(Plan plan, int _) -> owner(device.uid()).setPlan(plan, device.uid());
            case Deed.Clear _ -> {
                owner(device.uid()).unblock(device.uid());
                owner(device.uid()).resolve(device.uid());
            }
            case Deed.Beat _ -> beat(device);
            case Deed.Pretend _ -> pretend(device.uid());
            case Deed.CutPower(int _, int steps) -> {
                if (device.isOn()) {
                    device.medium().cutAfter(steps);
                    beat(device);
                }
            }
            case Deed.SwitchOff(int _, Duration span) -> {
                world.note(device.uid(), "off for", span.toString());
                device.powerOff();
                after(span, device::powerOn);
            }
            case Deed.SetClock(int _, Duration by) -> {
                world.note(device.uid(), "clock", by.toString());
                world.setClock(device, by);
            }
            case Deed.Disconnect(int _, Duration span) -> {
                world.note(device.uid(), "no network for", span.toString());
                world.network().disconnect(device.uid());
                after(span, () -> world.network().reconnect(device.uid()));
            }
            case Deed.Lose(int _, var leg) -> world.network().inject(device.uid(), new NetworkFault.Lose(leg));
        }
    }

    private void beat(SimulatedDevice device) {
        if (device.isOn() && device.module().isOn()) {
            device.module().security().force(outcome -> world.promises().forced(device.uid(), outcome));
        }
    }

    private void pretend(RotPublicUid uid) {
        world.note(uid, "a thief speaks for it", "");
        world.promises().pretended(uid);
        var old = new Heartbeat(
                Heartbeat.VERSION,
                new Counter(0, 1),
                Bytes.of(new byte[Heartbeat.NONCE_OCTETS]),
                "SARA-R510S-01B-00",
                "03.30,A00.01",
                null,
                Reason.FORCED,
                List.of(),
                List.of());
        world.network()
                .channel(uid, world.time().executor("thief"))
                .send(new Request(Request.HEARTBEAT, Codec.encode(old)), _ -> {});
    }

    private void ask(Deed.Wish wish, RotPublicUid uid) {
        Operator operator = owner(uid);
        switch (wish) {
            case RENEW -> operator.instruct(new Instruction.Renew(), List.of(uid));
            case UPDATE -> operator.instruct(new Instruction.Update(), List.of(uid));
            case DELETE -> operator.instruct(new Instruction.Delete(), List.of(uid));
            case REVOKE -> operator.instruct(new Instruction.Revoke(Revocation.Reason.KEY_COMPROMISE), List.of(uid));
            case PROVISION ->
                operator.instruct(
                        new Instruction.Provision(rootCas(operator).getFirst().id()), List.of(uid));
            case TRANSFER ->
                operator.instruct(new Instruction.Transfer(other(operator, uid).id(), null), List.of(uid));
            case TRANSFER_TO_LATEST -> {
                if (latest != null) {
                    operator.instruct(new Instruction.Transfer(latest.id(), null), List.of(uid));
                }
            }
            case HAND_OVER -> {
                Operator receiver = operator == world.operator() ? world.otherOperator() : world.operator();
                RootCa theirs = rootCas(receiver).getFirst();
                if (world.server().isUp()) {
                    handOver(operator, uid, new HandOver(theirs, receiver.consent(theirs)));
                }
            }
            case HAND_OVER_UNASKED -> {
                if (lastHandOver != null) {
                    handOver(operator, uid, lastHandOver);
                }
            }
        }
    }

    private void handOver(Operator operator, RotPublicUid uid, HandOver handOver) {
        lastHandOver = handOver;
        operator.instruct(new Instruction.Transfer(handOver.rootCa.id(), handOver.consent), List.of(uid));
    }

    /** The Root CA that did not sign the device's present certificate. */
    private RootCa other(Operator operator, RotPublicUid uid) {
        String issuer = world.server()
                .store()
                .read(view -> view.device(uid))
                .map(device -> device.managed().issuer())
                .orElse(null);
        return rootCas(operator).stream()
                .filter(rootCa -> !rootCa.id().equals(issuer))
                .findFirst()
                .orElseThrow();
    }

    private List<RootCa> rootCas(Operator operator) {
        return rootCas.getOrDefault(operator.domain(), List.of());
    }

    /** Who may instruct the device. */
    private Operator owner(RotPublicUid uid) {
        return World.OTHER_DOMAIN.equals(world.promises().owner(uid)) ? world.otherOperator() : world.operator();
    }

    private void addWebhook() {
        world.operator()
                .createWebhook(url(webhooksMade), Arrays.asList(Notification.Kind.values()))
                .ifPresent(webhooks::addLast);
        webhooksMade++;
    }

    private void deleteWebhook() {
        if (world.server().isUp() && !webhooks.isEmpty()) {
            world.operator().deleteWebhook(webhooks.removeFirst());
        }
    }

    private static String url(int number) {
        return "http://127.0.0.1:9000/" + number;
    }

    private void after(Duration span, Runnable end) {
        var _ = executor.schedule(end, span.toMillis(), TimeUnit.MILLISECONDS);
    }
}
