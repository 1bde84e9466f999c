package dev.rootbeat.server.device;

import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.store.View;

/**
 * Keeps the developer plan for trials (requirements, section 8). An operator's choice beyond the limit is refused. A
 * device that would come to the plan by itself, because it is sealed, unblocked or transferred to another domain, does
 * all that without a plan, and the domain is told.
 *
 * @param developerDevices how many devices of a domain have the developer plan at most
 */
public record PlanLimit(int developerDevices) {

    /** Ten devices. */
    public static final PlanLimit DEFAULT = new PlanLimit(10);

    /** Checks that the number is not negative. */
    public PlanLimit {
        if (developerDevices < 0) {
            throw new IllegalArgumentException("the developer plan cannot be for fewer than no devices");
        }
    }

    /** Returns whether one more device of the domain may have the plan. */
    boolean hasRoom(View view, String domain, Plan plan) {
        return plan != Plan.DEVELOPER || view.billing().devicesWith(domain, Plan.DEVELOPER) < developerDevices;
    }

    /** Takes the plan from a device that has come to it just now, if there is no room. */
    void enforce(Visit visit) {
        Device device = visit.device();
        Device.Claim claim = device.claim();
        if (claim != null && visit.isPlanNew() && !hasRoom(visit.tx(), claim.domain(), device.planInForce())) {
            visit.update(device.claimed(claim, device.standing(), Plan.NONE));
            visit.tell(Notification.Kind.PLAN_LIMIT_REACHED, device.plan().name());
        }
    }
}
