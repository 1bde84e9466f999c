package dev.rootbeat.rot.protocol;

/**
 * What a host writes with {@code AT+USECDEVINFO="…","…"} to seal its module.
 *
 * @param profileUid the DeviceProfileUID, 1 to {@value #MAX_PROFILE_UID} printable ASCII characters
 * @param serial the serial number that the host gives the device, 1 to {@value #MAX_SERIAL} printable ASCII characters
 */
public record Seal(String profileUid, String serial) {

    /** The longest DeviceProfileUID, in characters (AT reference, section 2.2). */
    public static final int MAX_PROFILE_UID = 32;

    /** The longest serial number, in characters (AT reference, section 2.2). */
    public static final int MAX_SERIAL = 16;
}
