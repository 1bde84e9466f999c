package dev.rootbeat.server.billing;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.device.DeviceService;
import dev.rootbeat.server.device.Ids;
import dev.rootbeat.server.device.PlanLimit;
import dev.rootbeat.server.event.Jobs;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlanChange;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.sim.VirtualTime;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server's money on virtual time: devices that are sealed without a plan, and the jobs. */
final class Ledger {

    static final String HOME = "home";
    static final String AWAY = "away";

    final VirtualTime time;
    final List<Channel> channels = new ArrayList<>();
    Store store = new MemoryStore();
    PriceList prices = PriceList.DEFAULT;
    private ScheduledExecutorService executor;
    private @Nullable BillingService service;
    private int serials;

    Ledger(String start) {
        time = new VirtualTime(Instant.parse(start));
        executor = time.executor("server");
    }

    /** Makes two domains. */
    void fill() {
        for (String domain : List.of(HOME, AWAY)) {
            write(tx -> tx.save(new Domain(domain, "The <" + domain + ">", domain, Bytes.of(new byte[32]))));
        }
    }

    /** Starts the jobs; they run when time does. */
    void start() {
        executor = time.executor("server");
        service = BillingService.open(store, time, new BillingConfig(prices, List.copyOf(channels)));
        new Jobs(store, time, executor, Duration.ofHours(1), service.jobs()).start();
    }

    BillingService service() {
        return Objects.requireNonNull(service);
    }

    /** The process dies. */
    void stop() {
        executor.shutdownNow();
    }

    void runUntil(String instant) {
        time.runUntil(Instant.parse(instant));
    }

    RotPublicUid device(long number, String domain) {
        var uid = new RotPublicUid(number);
        var claim = new Device.Claim(domain, "profile", "serial-" + number);
        write(tx -> tx.save(Device.unknown(uid).claimed(claim, Device.Standing.ACTIVATED, Plan.NONE)));
        return uid;
    }

    void choose(String domain, RotPublicUid device, Plan plan) {
        var devices = new DeviceService(store, time, new Ids(new Random(1)), new PlanLimit(Integer.MAX_VALUE));
        devices.choose(domain, List.of(device), plan).join().forEach(answer -> {
            if (answer.error() != null) {
                throw new AssertionError(answer);
            }
        });
    }

    /** A transfer to a Root CA of another domain took effect. */
    void move(RotPublicUid uid, String domain) {
        write(tx -> {
            Device device = tx.device(uid).orElseThrow();
            var claim = new Device.Claim(domain, "profile", "serial");
            tx.save(device.claimed(claim, device.standing(), device.plan()));
            tx.billing().change(new PlanChange(uid, time.instant(), domain, device.plan()));
        });
    }

    String owner(RotPublicUid uid) {
        return Objects.requireNonNull(
                        store.read(view -> view.device(uid)).orElseThrow().claim())
                .domain();
    }

    BillingEvent event(String domain, RotPublicUid device, Operation.Kind kind) {
        return event(domain, device, kind, time.instant());
    }

    /** A renewal of which the store learns late, as from a process whose clock is slow. */
    void late(String domain, RotPublicUid device, String at) {
        var _ = event(domain, device, Operation.Kind.RENEW, Instant.parse(at));
    }

    private BillingEvent event(String domain, RotPublicUid device, Operation.Kind kind, Instant at) {
        var event = new BillingEvent(domain, device, kind, "root", BigInteger.valueOf(++serials), at);
        write(tx -> {
            var _ = tx.add(event);
        });
        return event;
    }

    List<Invoice> invoices(String domain) {
        return store.read(view -> view.billing().invoices(domain, 1, Integer.MAX_VALUE));
    }

    private void write(Consumer<Transaction> work) {
        store.write(tx -> {
                    work.accept(tx);
                    return serials;
                })
                .join();
    }
}
