package dev.rootbeat.module.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A host's end of a multiplexer, written from 3GPP TS 27.010 and without the module's code. It is strict: what is not
 * one good frame behind the other fails the test. Octets are text of one octet a character.
 */
public final class MuxHost {

    /** Opens a channel, with the P bit. */
    public static final int SABM = 0x3F;

    /** Closes a channel, with the P bit. */
    public static final int DISC = 0x53;

    /** Carries data. */
    public static final int UIH = 0xEF;

    /** Messages of the control channel may always be so long, in octets (section 5.7.2). */
    private static final int MOST_OF_CONTROL = 31;

    private static final String FLAG = "\u00f9";
    private static final Map<Integer, String> NAMES =
            Map.of(0x73, "UA", 0x63, "UA", 0x1F, "DM", 0x0F, "DM", UIH, "UIH");

    private final Consumer<String> module;
    private final int most;
    private final Map<Integer, StringBuilder> data = new HashMap<>();
    private final List<String> others = new ArrayList<>();
    private final StringBuilder unread = new StringBuilder();
    private int frames;

    /**
     * Begins behind the {@code OK} to {@code AT+CMUX}.
     *
     * @param module takes what goes to the module
     * @param most octets of information in a frame
     */
    public MuxHost(Consumer<String> module, int most) {
        this.module = module;
        this.most = most;
    }

    /** Takes what the module says. */
    public void receive(String octets) {
        unread.append(octets);
        while (unread.length() > 3) {
            int length = unread.charAt(3) >> 1;
            boolean twoOctets = (unread.charAt(3) & 1) == 0;
            if (twoOctets && unread.length() < 5) {
                return;
            }
            int header = twoOctets ? 5 : 4;
            length += twoOctets ? unread.charAt(4) << 7 : 0;
            int size = header + length + 2;
            if (unread.length() < size) {
                return;
            }
            frame(unread.substring(0, size), header);
            unread.delete(0, size);
        }
    }

    private void frame(String frame, int header) {
        int control = frame.charAt(2);
        String information = frame.substring(header, frame.length() - 2);
        assertThat(frame).startsWith(FLAG).endsWith(FLAG);
        assertThat(NAMES).containsKey(control);
        int channel = frame.charAt(1) >> 2;
        assertThat(information.length()).isLessThanOrEqualTo(channel == 0 ? Math.max(most, MOST_OF_CONTROL) : most);
        assertThat((int) frame.charAt(frame.length() - 2)).isEqualTo(checkSequence(frame.substring(1, header)));
        boolean toCommand = (frame.charAt(1) & 2) != 0;
        assertThat(toCommand).as("C/R of %x", control).isEqualTo(control != UIH);
        frames++;
        if (control == UIH && channel > 0) {
            data.computeIfAbsent(channel, _ -> new StringBuilder()).append(information);
        } else {
            others.add((NAMES.get(control) + " " + channel + " " + hex(information)).strip());
        }
    }

    /** What came that is no data of a channel since the last look, such as {@code UA 1} or {@code UIH 0 e1058d}. */
    public List<String> others() {
        List<String> now = List.copyOf(others);
        others.clear();
        return now;
    }

    /** The data of a channel since the last look. */
    public String heard(int channel) {
        StringBuilder heard = data.computeIfAbsent(channel, _ -> new StringBuilder());
        String text = heard.toString();
        heard.setLength(0);
        return text;
    }

    /** How many frames have come. */
    public int frames() {
        return frames;
    }

    /** Opens the control channel and this one, and sees that it works. */
    public void open(int channel) {
        send(0, SABM, "");
        send(channel, SABM, "");
        assertThat(others()).contains("UA 0", "UA " + channel);
    }

    /** Sends text on a channel. */
    public void say(int channel, String text) {
        for (int from = 0; from < text.length(); from += most) {
            send(channel, UIH, text.substring(from, Math.min(text.length(), from + most)));
        }
    }

    /** Sends a line on a channel and returns what comes there, its lines joined by blanks. */
    public String ask(int channel, String line) {
        say(channel, line + "\r");
        return String.join(
                " ", heard(channel).lines().filter(one -> !one.isEmpty()).toList());
    }

    /** Sends a message on the control channel. */
    public void control(String hex) {
        send(0, UIH, new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1));
    }

    /** Sends a frame. */
    public void send(int channel, int control, String information) {
        module.accept(frame(channel, control, information));
    }

    /** Makes a frame of a command. */
    public static String frame(int channel, int control, String information) {
        var header = new StringBuilder().append((char) (channel << 2 | 3)).append((char) control);
        if (information.length() < 0x80) {
            header.append((char) (information.length() << 1 | 1));
        } else {
            header.append((char) (information.length() << 1 & 0xFF)).append((char) (information.length() >> 7));
        }
        boolean headerOnly = (control | 0x10) == (UIH | 0x10);
        int sequence = checkSequence(headerOnly ? header.toString() : header + information);
        return FLAG + header + information + (char) sequence + FLAG;
    }

    /** Octets in hexadecimal digits. */
    public static String hex(String octets) {
        return HexFormat.of().formatHex(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Annex B, by division of the bits in the order in which they are sent. */
    private static int checkSequence(String octets) {
        var bits = new ByteArrayOutputStream();
        octets.chars().forEach(octet -> {
            for (int bit = 0; bit < 8; bit++) {
                bits.write(octet >> bit & 1);
            }
        });
        int register = 0xFF;
        for (byte bit : bits.toByteArray()) {
            int out = register >> 7 & 1;
            register = register << 1 & 0xFF;
            register ^= (out ^ bit) == 1 ? 0x07 : 0;
        }
        return 0xFF - (Integer.reverse(register) >>> 24);
    }
}
