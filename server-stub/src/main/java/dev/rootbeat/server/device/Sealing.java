package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.server.event.Outbox;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.store.View;
import java.util.Optional;

/** Claims a device for the domain that owns the profile (requirements, sections 3.3 and 3.4). */
final class Sealing {

    private final Ids ids;

    Sealing(Ids ids) {
        this.ids = ids;
    }

    /**
     * Returns what is wrong with the seal that a device shows, by its field: a sealed device may show only its own, an
     * unsealed one any whose profile exists.
     */
    static Optional<String> problem(View view, Device device, Seal seal) {
        Device.Claim claim = device.claim();
        if (claim == null) {
            return view.profile(seal.profileUid()).isPresent()
                    ? Optional.empty()
                    : Optional.of("heartbeat.seal.profileUid: there is no such device profile");
        }
        boolean own =
                claim.profileUid().equals(seal.profileUid()) && claim.serial().equals(seal.serial());
        return own
                ? Optional.empty()
                : Optional.of("heartbeat.seal: the device is sealed with another profile or serial number");
    }

    /** Seals the device with a seal without a problem, unless it is sealed already. */
    void seal(Visit visit, Seal seal) {
        if (visit.device().claim() != null) {
            return;
        }
        DeviceProfile found = visit.tx().profile(seal.profileUid()).orElseThrow();
        var claim = new Device.Claim(found.domain(), found.uid(), seal.serial());
        boolean welcome = !found.whitelistCheck()
                || visit.tx().isWhitelisted(found.uid(), visit.device().uid());
        Device.Standing standing = welcome ? Device.Standing.ACTIVATED : Device.Standing.BLACKLISTED;
        // Being sealed is progress: the attempts start anew.
        visit.update(visit.device()
                .claimed(claim, standing, found.plan())
                .after(visit.device().last(), 0));
        Outbox.introduce(visit.tx(), visit.device().uid(), found.domain());
        visit.tell(welcome ? Notification.Kind.DEVICE_SEALED : Notification.Kind.DEVICE_BLACKLISTED, seal.serial());
        if (welcome) {
            provision(visit, found);
        }
    }

    /** Gives a blacklisted device the service's features; the rest happens at its next heartbeat. */
    void unblock(Visit visit) {
        Device device = visit.device();
        Device.Claim claim = device.claim();
        if (claim == null || device.standing() != Device.Standing.BLACKLISTED) {
            return;
        }
        visit.update(device.claimed(claim, Device.Standing.ACTIVATED, device.plan()));
        visit.tell(Notification.Kind.DEVICE_SEALED, claim.serial());
        visit.tx().profile(claim.profileUid()).ifPresent(profile -> provision(visit, profile));
    }

    private void provision(Visit visit, DeviceProfile profile) {
        if (profile.rootCa() != null) {
            visit.start(ids.next(), Operation.Kind.PROVISION, profile.rootCa());
        }
    }
}
