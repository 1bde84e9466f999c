package dev.rootbeat.module.mux;

import dev.rootbeat.rot.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A message of the control channel (3GPP TS 27.010, section 5.4.6): type, length, value.
 *
 * @param type the type octet, with the C/R bit
 * @param value what it says
 */
record ControlMessage(int type, Bytes value) {

    /** Power saving control. */
    static final int PSC = 0x43;

    /** Multiplexer close down. */
    static final int CLD = 0xC3;

    /** Test. */
    static final int TEST = 0x23;

    /** Flow control on: the host takes octets of all channels. */
    static final int FCON = 0xA3;

    /** Flow control off: it does not. */
    static final int FCOFF = 0x63;

    /** Modem status: the signals of one channel. */
    static final int MSC = 0xE3;

    /** Not supported. */
    static final int NSC = 0x13;

    private static final int EXTENDED = 0x01;
    private static final int COMMAND = 0x02;
    private static final int OCTET = 0xFF;
    private static final int BITS = 7;

    /** More octets than the length of the longest frame takes. */
    private static final int MOST_LENGTH_OCTETS = 3;

    /** Reads all messages of a frame; what is incomplete at its end is none. */
    static List<ControlMessage> read(Bytes information) {
        byte[] octets = information.toArray();
        var messages = new ArrayList<ControlMessage>();
        int at = 0;
        while (at < octets.length) {
            int type = octets[at++] & OCTET;
            int length = 0;
            int read = 0;
            boolean more = true;
            while (more && at < octets.length && read < MOST_LENGTH_OCTETS) {
                length |= (octets[at] & OCTET) >> 1 << (BITS * read++);
                more = (octets[at++] & EXTENDED) == 0;
            }
            if (more || length > octets.length - at) {
                break;
            }
            messages.add(new ControlMessage(type, Bytes.of(Arrays.copyOfRange(octets, at, at + length))));
            at += length;
        }
        return messages;
    }

    boolean isCommand() {
        return (type & COMMAND) != 0;
    }

    /** The same said in response. */
    ControlMessage response() {
        return new ControlMessage(type & ~COMMAND, value);
    }

    /** The response to a command that is not supported. */
    ControlMessage notSupported() {
        return new ControlMessage(NSC & ~COMMAND, Bytes.of((byte) type));
    }

    /** Writes it as the information of a frame. */
    Bytes encode() {
        var octets = new ByteArrayOutputStream();
        octets.write(type);
        int length = value.size();
        while (length >> BITS > 0) {
            octets.write(length << 1);
            length >>= BITS;
        }
        octets.write(length << 1 | EXTENDED);
        octets.writeBytes(value.toArray());
        return Bytes.of(octets.toByteArray());
    }
}
