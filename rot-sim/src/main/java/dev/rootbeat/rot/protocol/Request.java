package dev.rootbeat.rot.protocol;

/**
 * A confirmable POST on the secure channel.
 *
 * @param path the resource: {@link #HEARTBEAT} or {@link #RESULTS}
 * @param payload a CBOR message
 */
public record Request(String path, Bytes payload) {

    /** The resource that takes a {@link Heartbeat}. */
    public static final String HEARTBEAT = "/hb";

    /** The resource that takes {@link Results}. */
    public static final String RESULTS = "/hb/results";

    /** The largest payload, in octets: a heartbeat with results for every slot fits several times. */
    public static final int MAX_PAYLOAD = 8192;
}
