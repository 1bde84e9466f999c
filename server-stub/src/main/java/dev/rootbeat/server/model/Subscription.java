package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Where the plan of a device stands.
 *
 * @param device the device
 * @param domain who owns the device
 * @param plan the plan in force
 * @param due the day (UTC) on which a period may have to begin; null if that takes another change
 */
public record Subscription(
        RotPublicUid device,
        String domain,
        Plan plan,
        @Nullable LocalDate due) {

    /** Returns where a device stands after its first change. */
    public static Subscription after(PlanChange change) {
        return new Subscription(change.device(), change.domain(), change.plan(), dayOf(change));
    }

    /** Returns where the device stands after a further change; a period that runs is not cut short by it. */
    public Subscription changed(PlanChange change) {
        return new Subscription(device, change.domain(), change.plan(), due == null ? dayOf(change) : due);
    }

    /** Returns the same subscription with another day to look at it. */
    public Subscription dueOn(@Nullable LocalDate day) {
        return new Subscription(device, domain, plan, day);
    }

    private static LocalDate dayOf(PlanChange change) {
        return LocalDate.ofInstant(change.at(), ZoneOffset.UTC);
    }
}
