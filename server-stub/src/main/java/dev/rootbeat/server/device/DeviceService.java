package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.View;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What an operator does with a device as such: unblock it, resolve a suspected clone, choose its plan. */
public final class DeviceService {

    private final Store store;
    private final InstantSource clock;
    private final Sealing sealing;

    /** Assembles the service. */
    public DeviceService(Store store, InstantSource clock, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.sealing = new Sealing(ids);
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
     * Sets a device's plan, over its profile's.
     *
     * @return whether the domain has such a device
     */
    public CompletableFuture<Boolean> choose(String domain, RotPublicUid device, Plan plan) {
        return visit(domain, device, visit -> {
            Device present = visit.device();
            if (present.claim() != null) {
                visit.update(present.claimed(present.claim(), present.standing(), plan));
            }
        });
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

    private CompletableFuture<Boolean> visit(String domain, RotPublicUid uid, Consumer<Visit> change) {
        return store.write(tx -> {
            Optional<Device> device = tx.device(uid)
                    .filter(found ->
                            found.claim() != null && found.claim().domain().equals(domain));
            device.ifPresent(found -> {
                var visit = new Visit(tx, found, clock.instant());
                change.accept(visit);
                visit.save();
            });
            return device.isPresent();
        });
    }
}
