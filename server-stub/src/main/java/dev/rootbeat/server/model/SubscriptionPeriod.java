package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.LocalDate;

/**
 * One month of a device's plan (requirements, section 8). What is written here is fixed when the period begins: later
 * changes of plan, owner and prices count for later periods. Days are UTC.
 *
 * @param device the device
 * @param domain who owned the device when the period began, and pays for it
 * @param plan the plan that was in force when the period began
 * @param anchor the day on which the plan began that this period renews
 * @param month which month of the plan it is, from 0
 * @param tariff the plan's prices when the period began
 */
public record SubscriptionPeriod(
        RotPublicUid device, String domain, Plan plan, LocalDate anchor, int month, Tariff tariff) {

    /** The first day. */
    public LocalDate start() {
        return anchor.plusMonths(month);
    }

    /**
     * The day after the last, on which the plan renews: counted from the anchor, so that a plan that began on the 31st
     * ends on the last day of a shorter month and comes back to the 31st.
     */
    public LocalDate end() {
        return anchor.plusMonths(month + 1L);
    }
}
