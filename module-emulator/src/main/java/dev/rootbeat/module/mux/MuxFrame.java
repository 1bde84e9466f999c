package dev.rootbeat.module.mux;

import dev.rootbeat.module.frame.FrameFinder;
import dev.rootbeat.module.frame.FrameForm;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A frame of the basic option (3GPP TS 27.010, section 5.2): flag, address, control, length, information, check
 * sequence, flag.
 *
 * @param channel the DLCI, 0 to 63
 * @param initiated the C/R bit: set in commands of the host, which initiated the multiplexer, and in responses to them
 * @param type what it is for
 * @param poll the P/F bit
 * @param information what it carries
 */
record MuxFrame(int channel, boolean initiated, Type type, boolean poll, Bytes information) {

    /** The types of frames, with their control octets without the P/F bit (section 5.2.1.3). */
    enum Type {
        /** Set asynchronous balanced mode: opens a channel. */
        SABM(0x2F),
        /** Unnumbered acknowledgement. */
        UA(0x63),
        /** Disconnected mode: there is no such channel. */
        DM(0x0F),
        /** Disconnect: closes a channel. */
        DISC(0x43),
        /** Unnumbered information with header check. */
        UIH(0xEF),
        /** Unnumbered information. */
        UI(0x03);

        private final int control;

        Type(int control) {
            this.control = control;
        }
    }

    private static final int EXTENDED = 0x01;
    private static final int INITIATED = 0x02;
    private static final int POLL = 0x10;
    private static final int ADDRESS = 1;
    private static final int CONTROL = 2;
    private static final int LENGTH = 3;
    private static final int BEHIND = 2;
    private static final int SHORTEST = 6;
    private static final int MOST_OF_ONE_OCTET = 0x7F;
    private static final int OCTET = 0xFF;

    /** The check sequence over what it has checked, and over the sequence itself (annex B). */
    private static final int RESIDUE = 0xCF;

    private static final int POLYNOMIAL = 0xE0;

    /**
     * Frames of up to so much information; longer ones are no frames.
     *
     * @param most in octets
     */
    static FrameForm form(int most) {
        return new FrameForm() {
            @Override
            public int size(byte[] octets, int from) {
                if (octets.length - from < LENGTH + 2) {
                    return UNKNOWN;
                }
                int information = information(octets, from);
                boolean frame = isSet(octets[from + ADDRESS], EXTENDED)
                        && Arrays.stream(Type.values()).anyMatch(type -> type.control == control(octets, from))
                        && information <= most;
                return frame ? header(octets, from) + information + BEHIND : NONE;
            }

            @Override
            public boolean isGood(byte[] octets, int from, int size) {
                boolean all = control(octets, from) != Type.UIH.control;
                int checked = all ? size - BEHIND : header(octets, from);
                int sum = OCTET;
                for (int i = ADDRESS; i < checked; i++) {
                    sum = add(sum, octets[from + i]);
                }
                return add(sum, octets[from + size - BEHIND]) == RESIDUE;
            }
        };
    }

    /**
     * Reads a frame.
     *
     * @param octets a good one, with both flags
     */
    static MuxFrame read(byte[] octets) {
        int address = octets[ADDRESS];
        Type type = Arrays.stream(Type.values())
                .filter(one -> one.control == control(octets, 0))
                .findFirst()
                .orElseThrow();
        return new MuxFrame(
                (address & OCTET) >> 2,
                isSet(octets[ADDRESS], INITIATED),
                type,
                isSet(octets[CONTROL], POLL),
                Bytes.of(Arrays.copyOfRange(octets, header(octets, 0), octets.length - BEHIND)));
    }

    /** Writes the frame, with both flags. */
    byte[] toArray() {
        var octets = new ByteArrayOutputStream(SHORTEST + 1 + information.size());
        octets.write(FrameFinder.FLAG);
        octets.write(channel << 2 | (initiated ? INITIATED : 0) | EXTENDED);
        octets.write(type.control | (poll ? POLL : 0));
        if (information.size() > MOST_OF_ONE_OCTET) {
            octets.write(information.size() << 1);
            octets.write(information.size() >> 7);
        } else {
            octets.write(information.size() << 1 | EXTENDED);
        }
        int header = octets.size();
        octets.writeBytes(information.toArray());
        byte[] written = octets.toByteArray();
        int sum = OCTET;
        for (int i = ADDRESS; i < (type == Type.UIH ? header : written.length); i++) {
            sum = add(sum, written[i]);
        }
        octets.write(OCTET - sum);
        octets.write(FrameFinder.FLAG);
        return octets.toByteArray();
    }

    private static int control(byte[] octets, int from) {
        return octets[from + CONTROL] & OCTET & ~POLL;
    }

    /** How many octets are in front of the information. */
    private static int header(byte[] octets, int from) {
        return isSet(octets[from + LENGTH], EXTENDED) ? LENGTH + 1 : LENGTH + 2;
    }

    private static int information(byte[] octets, int from) {
        int low = (octets[from + LENGTH] & OCTET) >> 1;
        return isSet(octets[from + LENGTH], EXTENDED) ? low : low | (octets[from + LENGTH + 1] & OCTET) << 7;
    }

    private static boolean isSet(byte octet, int bit) {
        return (octet & bit) != 0;
    }

    private static int add(int sum, byte octet) {
        int next = sum ^ (octet & OCTET);
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            next = (next & 1) == 0 ? next >> 1 : next >> 1 ^ POLYNOMIAL;
        }
        return next;
    }
}
