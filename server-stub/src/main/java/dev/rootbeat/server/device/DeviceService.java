package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.View;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an operator does with a device as such: unblock it, resolve a suspected clone, choose its plan. */
public final class DeviceService {

    private final Store store;
    private final InstantSource clock;
    private final Sealing sealing;
    private final PlanLimit planLimit;

    /** Assembles the service; the developer plan has its usual limit. */
    public DeviceService(Store store, InstantSource clock, Ids ids) {
        this(store, clock, ids, PlanLimit.DEFAULT);
    }

    /** Assembles the service. */
    public DeviceService(Store store, InstantSource clock, Ids ids, PlanLimit planLimit) {
        this.store = store;
        this.clock = clock;
        this.sealing = new Sealing(ids);
        this.planLimit = planLimit;
    }

    /** How far the developer plan reaches. */
    public PlanLimit planLimit() {
        return planLimit;
    }

    /**
     * Gives a blacklisted device the service's features from its next heartbeat on; others stay as they are.
     *
     * @return whether the domain has such a device
     */
    public CompletableFuture<Boolean> unblock(String domain, RotPublicUid device) {
        return visit(domain, device, sealing::unblock);
    }

    /**
     * Declares a suspected clone resolved: the next heartbeat is accepted, whatever its counter.
     *
     * @return whether the domain has such a device
     */
    public CompletableFuture<Boolean> resolve(String domain, RotPublicUid device) {
        return visit(domain, device, visit -> {
            if (visit.device().frozen() != null) {
                visit.update(visit.device().frozen(null).after(null, 0));
            }
        });
    }

    /**
     * Sets the plan of devices, over their profile's, in one transaction. What a plan allows it allows at once; for the
     * money it counts from the next renewal on. {@link Plan#NONE} ends a plan.
     *
     * @param domain the caller's domain
     * @return an answer per device, in the order given
     */
    public CompletableFuture<List<OperationService.Answer>> choose(
            String domain, List<RotPublicUid> devices, Plan plan) {
        return store.write(tx -> devices.stream()
                .map(uid -> new OperationService.Answer(uid, choose(tx, domain, uid, plan)))
                .toList());
    }

    private @Nullable OperationError choose(Transaction tx, String domain, RotPublicUid uid, Plan plan) {
        Optional<Device> found = owned(tx, domain, uid);
        if (found.isEmpty()) {
            return OperationError.UNKNOWN_DEVICE;
        }
        var visit = new Visit(tx, found.get(), clock.instant());
        Device.Claim claim = Objects.requireNonNull(visit.device().claim());
        visit.update(visit.device().claimed(claim, visit.device().standing(), plan));
        if (visit.isPlanNew() && !planLimit.hasRoom(tx, domain, plan)) {
            return OperationError.PLAN_LIMIT;
        }
        visit.save();
        return null;
    }

    /** The devices of a domain that hold a certificate of a Root CA, by ascending identity. */
    public List<RotPublicUid> holding(String domain, String rootCa) {
        return store.read(view -> holding(view, domain, rootCa));
    }

    static List<RotPublicUid> holding(View view, String domain, String rootCa) {
        return view.devices(domain).stream()
                .filter(device -> rootCa.equals(device.managed().issuer()))
                .map(Device::uid)
                .toList();
    }

    private static Optional<Device> owned(View view, String domain, RotPublicUid uid) {
        return view.device(uid)
                .filter(found -> found.claim() != null && found.claim().domain().equals(domain));
    }

    private CompletableFuture<Boolean> visit(String domain, RotPublicUid uid, Consumer<Visit> change) {
        return store.write(tx -> {
            Optional<Device> device = owned(tx, domain, uid);
            device.ifPresent(found -> {
                var visit = new Visit(tx, found, clock.instant());
                change.accept(visit);
                planLimit.enforce(visit);
                visit.save();
            });
            return device.isPresent();
        });
    }
}
