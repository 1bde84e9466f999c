package dev.rootbeat.rot.protocol;

/**
 * The messages as bytes: deterministic CBOR (RFC 8949, section 4.2.1) as {@code rootbeat.cddl} defines it (protocol,
 * section 2).
 *
 * <p>A decoder takes any bytes: it returns the message, or the first field that is wrong and why. It is strict about
 * encoding (shortest heads, definite lengths, ascending keys, nothing behind the message), so that a message has one
 * form; and it ignores what a later version may add: integer keys that it does not know, and types of commands, which
 * become {@link Command.Unknown}. An encoder writes what it is given, also values that a decoder refuses: a mutant needs
 * that.
 */
public final class Codec {

    /** The most slots in a heartbeat: as many as there are slot numbers. */
    public static final int MAX_SLOTS = SlotReport.MAX_SLOT + 1;

    /**
     * The most results in a message, ids in a reply's acknowledgement, and commands in a round. A round has a command or
     * two; a device keeps results until they are acknowledged, so several rounds can come together.
     */
    public static final int MAX_RESULTS = 16;

    /** The most certificates in a chain or in a list of trust anchors: a device, two intermediates, and a root. */
    public static final int MAX_CHAIN = 4;

    /** The longest DER certificate or certificate request, in octets: with P-256 a usual one has 600. */
    public static final int MAX_DER = 4096;

    private Codec() {}

    /** Encodes what goes to {@link Request#HEARTBEAT}. */
    public static Bytes encode(Heartbeat heartbeat) {
        return MessageEncoder.encode(heartbeat);
    }

    /** Encodes what goes to {@link Request#RESULTS}. */
    public static Bytes encode(Results results) {
        return MessageEncoder.encode(results);
    }

    /** Encodes the payload of a 2.04 answer; fractions of seconds are cut off. */
    public static Bytes encode(Reply reply) {
        return MessageEncoder.encode(reply);
    }

    /** Decodes what came to {@link Request#HEARTBEAT}; a heartbeat of another protocol version is malformed. */
    public static Decoded<Heartbeat> decodeHeartbeat(Bytes octets) {
        return CborReader.read(octets, "heartbeat", MessageDecoder::heartbeat);
    }

    /** Decodes what came to {@link Request#RESULTS}. */
    public static Decoded<Results> decodeResults(Bytes octets) {
        return CborReader.read(octets, "results", MessageDecoder::results);
    }

    /** Decodes the payload of a 2.04 answer. */
    public static Decoded<Reply> decodeReply(Bytes octets) {
        return CborReader.read(octets, "reply", MessageDecoder::reply);
    }
}
