package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import java.util.Optional;

/** Claims a device for the domain that owns the profile (requirements, sections 3.3 and 3.4). */
final class Sealing {

    private final Ids ids;

    Sealing(Ids ids) {
        this.ids = ids;
    }

    /** Returns whether the device may show this seal: it is unsealed, or sealed with just this one. */
    static boolean isAllowed(Device device, Seal seal) {
        Device.Claim claim = device.claim();
        return claim == null
                || (claim.profileUid().equals(seal.profileUid())
                        && claim.serial().equals(seal.serial()));
    }

    /** Seals the device, unless it is sealed already or the profile does not exist. */
    void seal(Visit visit, Seal seal) {
        if (visit.device().claim() != null) {
            return;
        }
        Optional<DeviceProfile> profile = visit.tx().profile(seal.profileUid());
        if (profile.isEmpty()) {
            return;
        }
        DeviceProfile found = profile.get();
        var claim = new Device.Claim(found.domain(), found.uid(), seal.serial());
        boolean welcome = !found.whitelistCheck()
                || visit.tx().isWhitelisted(found.uid(), visit.device().uid());
        Device.Standing standing = welcome ? Device.Standing.ACTIVATED : Device.Standing.BLACKLISTED;
        // Being sealed is progress: the attempts start anew.
        visit.update(visit.device()
                .claimed(claim, standing, found.plan())
                .after(visit.device().last(), 0));
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
