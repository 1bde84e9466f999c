package dev.rootbeat.rot.protocol;

/**
 * Where a device stands with the service; {@code AT+USECDEVINFO?} shows it as three digits.
 *
 * @param registered the service knows the module: it is bootstrapped
 * @param claimed the device belongs to a domain and its provisioning is complete: it is sealed
 * @param activated nothing keeps the device from the service's features
 */
public record DeviceStatus(boolean registered, boolean claimed, boolean activated) {

    /** Before the first contact: {@code 0,0,0}. */
    public static final DeviceStatus UNKNOWN = new DeviceStatus(false, false, false);

    /** Bootstrapped, not sealed: {@code 1,0,1}. */
    public static final DeviceStatus BOOTSTRAPPED = new DeviceStatus(true, false, true);

    /** Sealed, and provisioned where the profile says so: {@code 1,1,1}. */
    public static final DeviceStatus SEALED = new DeviceStatus(true, true, true);
}
