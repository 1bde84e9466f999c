package dev.rootbeat.conformance.world;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.device.OperationError;
import dev.rootbeat.server.device.OperationService;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.store.View;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A device belongs to the domain that it was sealed for, until a transfer with that domain's consent takes effect; only
 * its domain can instruct it, is told of it, and pays for it; none is lost, and none comes out of nothing.
 */
final class OwnershipPromises implements StorePromises {

    private final Consumer<String> broken;

    /** Where devices were sealed, and where they may go: nothing that was consented to is taken back by a backup. */
    private final Map<RotPublicUid, Set<String>> allowed;

    private final Map<RotPublicUid, String> owners = new HashMap<>();
    private final Map<String, List<RotPublicUid>> consents = new HashMap<>();
    private int seen;

    /** Begins before a device is sealed. */
    OwnershipPromises(Consumer<String> broken) {
        this(broken, new HashMap<>());
    }

    private OwnershipPromises(Consumer<String> broken, Map<RotPublicUid, Set<String>> allowed) {
        this.broken = broken;
        this.allowed = allowed;
    }

    @Override
    public OwnershipPromises copy() {
        var copy = new OwnershipPromises(broken, allowed);
        copy.owners.putAll(owners);
        copy.consents.putAll(consents);
        copy.seen = seen;
        return copy;
    }

    /** The device is sealed for a domain, or that domain and the device's own agreed that it moves there. */
    void allow(RotPublicUid device, String domain) {
        allowed.computeIfAbsent(device, _ -> new HashSet<>()).add(domain);
    }

    /** The domain that a device belongs to, as far as was seen; null before it is sealed. */
    @Nullable
    String owner(RotPublicUid device) {
        return owners.get(device);
    }

    /** A transfer of devices was accepted with a consent, which is good once (requirements, section 5). */
    void consentUsed(String code, List<RotPublicUid> devices) {
        if (!devices.isEmpty() && !consents.computeIfAbsent(code, _ -> devices).containsAll(devices)) {
            broken.accept("a consent was good for a second transfer");
        }
    }

    /** A domain has got an answer to an instruction. */
    void instructed(String domain, OperationService.Answer answer) {
        String owner = owners.get(answer.device());
        if (answer.error() != OperationError.UNKNOWN_DEVICE && owner != null && !owner.equals(domain)) {
            broken.accept(answer.device() + ": is instructed by the domain " + domain + ", and belongs to " + owner);
        }
    }

    @Override
    public void written(View view) {
        List<Notification> notifications = view.notifications();
        for (; seen < notifications.size(); seen++) {
            Notification notification = notifications.get(seen);
            if (notification.device() != null && notification.domain() != null) {
                told(view, notification.device(), notification);
            }
        }
    }

    private void told(View view, RotPublicUid device, Notification notification) {
        String before = owners.get(device);
        String now =
                view.device(device).map(Device::claim).map(Device.Claim::domain).orElse(null);
        if (now == null || !allowed.getOrDefault(device, Set.of()).contains(now)) {
            broken.accept(device + ": belongs to " + now + ", and may belong to " + allowed.get(device));
            return;
        }
        owners.put(device, now);
        String told = Objects.requireNonNull(notification.domain());
        if (!told.equals(now) && !told.equals(before)) {
            broken.accept(device + ": " + notification.kind() + " is told the domain " + told + ", and is a matter of "
                    + now);
        }
    }

    @Override
    public void end(View view) {
        var found = new HashSet<RotPublicUid>();
        for (String domain : List.of(World.DOMAIN, World.OTHER_DOMAIN)) {
            for (Device device : view.devices(domain)) {
                if (!found.add(device.uid()) || !allowed.containsKey(device.uid())) {
                    broken.accept(device.uid() + ": came out of nothing");
                }
            }
        }
        if (!found.containsAll(owners.keySet())) {
            broken.accept("of " + owners.size() + " devices " + found.size() + " are left");
        }
    }
}
