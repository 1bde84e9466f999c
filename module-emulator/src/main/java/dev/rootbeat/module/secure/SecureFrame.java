package dev.rootbeat.module.secure;

import dev.rootbeat.module.frame.FrameFinder;
import dev.rootbeat.module.frame.FrameForm;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Frames of an open session: flag, length of the body, body, check sequence, flag; numbers begin with the low octet. */
final class SecureFrame implements FrameForm {

    private static final int BODY = 3;
    private static final int BEHIND = 3;
    private static final int OCTET = 0xFF;

    /** The check sequence of RFC 1662, appendix C.2. */
    private static final int START = 0xFFFF;

    private static final int POLYNOMIAL = 0x8408;

    private final int most;

    /**
     * Frames of up to so long a body; longer ones are no frames.
     *
     * @param most in octets
     */
    SecureFrame(int most) {
        this.most = most;
    }

    @Override
    public int size(byte[] octets, int from) {
        if (octets.length - from < BODY) {
            return UNKNOWN;
        }
        int body = number(octets, from + 1);
        return body <= most ? BODY + body + BEHIND : NONE;
    }

    @Override
    public boolean isGood(byte[] octets, int from, int size) {
        int end = from + size - BEHIND;
        return sum(octets, from + 1, end) == number(octets, end);
    }

    /** Takes the body out of a good frame. */
    static byte[] body(byte[] frame) {
        return Arrays.copyOfRange(frame, BODY, frame.length - BEHIND);
    }

    /** Puts a body into a frame. */
    static byte[] around(byte[] body) {
        var frame = new ByteArrayOutputStream(BODY + body.length + BEHIND);
        frame.write(FrameFinder.FLAG);
        writeNumber(frame, body.length);
        frame.writeBytes(body);
        byte[] written = frame.toByteArray();
        writeNumber(frame, sum(written, 1, written.length));
        frame.write(FrameFinder.FLAG);
        return frame.toByteArray();
    }

    private static int number(byte[] octets, int at) {
        return (octets[at] & OCTET) | (octets[at + 1] & OCTET) << Byte.SIZE;
    }

    private static void writeNumber(ByteArrayOutputStream frame, int number) {
        frame.write(number);
        frame.write(number >> Byte.SIZE);
    }

    private static int sum(byte[] octets, int from, int to) {
        int sum = START;
        for (int i = from; i < to; i++) {
            sum ^= octets[i] & OCTET;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                sum = (sum & 1) == 0 ? sum >> 1 : sum >> 1 ^ POLYNOMIAL;
            }
        }
        return sum ^ START;
    }
}
