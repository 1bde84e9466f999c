package dev.rootbeat.server.model;

import org.jspecify.annotations.Nullable;

/**
 * What devices get when they are sealed with it; a change counts for devices sealed afterwards.
 *
 * @param uid the DeviceProfileUID that hosts write with {@code AT+USECDEVINFO}
 * @param domain the domain that owns it, and thereby the devices sealed with it
 * @param name what people call it
 * @param rootCa the Root CA that signs the first certificate; null if devices get none
 * @param whitelistCheck whether only devices on the whitelist are activated
 * @param plan the plan that every device sealed with it gets
 */
public record DeviceProfile(
        String uid, String domain, String name, @Nullable String rootCa, boolean whitelistCheck, Plan plan) {}
