package dev.rootbeat.rot.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a device reports in {@code POST /hb}, also before it is provisioned (protocol, section 2).
 *
 * @param version the protocol's major version, {@value #VERSION}
 * @param counter orders the device's heartbeats
 * @param nonce {@value #NONCE_OCTETS} random octets, drawn anew for every heartbeat: two copies of one device that
 *     reach the same counter differ in it, so that a clone shows at once
 * @param product the type number, 1 to {@value #MAX_TEXT} printable ASCII characters, such as {@code SARA-R510M8S-01B-00}
 * @param firmware the firmware's version, 1 to {@value #MAX_TEXT} printable ASCII characters, such as {@code 03.15,A00.01}
 * @param seal what the host wrote, from then on in every heartbeat; null before
 * @param reason why the device speaks
 * @param slots what each slot holds, by ascending number
 * @param results results that the server has not acknowledged, oldest first
 */
public record Heartbeat(
        int version,
        Counter counter,
        Bytes nonce,
        String product,
        String firmware,
        @Nullable Seal seal,
        Reason reason,
        List<SlotReport> slots,
        List<Result> results) {

    /** The major version of the protocol that these messages belong to. */
    public static final int VERSION = 1;

    /** The length of the nonce. */
    public static final int NONCE_OCTETS = 8;

    /** The longest product and firmware name, in characters: the type numbers of the products have 20. */
    public static final int MAX_TEXT = 32;
}
