package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.Instant;

/**
 * From now on, another plan is in force for a device, or another domain pays for it.
 *
 * @param device the device
 * @param at when it changed
 * @param domain who owns the device from then on
 * @param plan the plan in force from then on; {@link Plan#NONE} also while the device is not activated
 */
public record PlanChange(RotPublicUid device, Instant at, String domain, Plan plan) {}
