package dev.rootbeat.module.mux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.SessionFuzz;
import dev.rootbeat.sim.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Any octets to a multiplexer, in good frames or raw. Everything that it says is good frames, and it closes down when it
 * is told to. Run by {@code FuzzTest} and {@code LongFuzz}.
 *
 * <p>The first octet of an input says how long frames may be, and whether the rest is raw. If not, each frame is told
 * by an octet each for its channel, its control and its length, and its information.
 */
public final class MultiplexerFuzz {

    private static final int[] LENGTHS = {1, 31, 128, 1509};
    private static final int[] CONTROLS = {MuxHost.SABM, MuxHost.DISC, MuxHost.UIH, 0x03, 0xFF, 0x73, 0x1F, 0x2F};
    private static final int RAW = 0x80;
    private static final int HEAD = 3;

    private MultiplexerFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int most = LENGTHS[input[0] & 3];
        byte[] octets = (input[0] & RAW) == 0
                ? frames(input).getBytes(StandardCharsets.ISO_8859_1)
                : Arrays.copyOfRange(input, 1, input.length);
        var time = new VirtualTime(Instant.EPOCH);
        var host = new MuxHost(_ -> {}, most);
        List<byte[]> ended = new ArrayList<>();
        var multiplexer = new Multiplexer(
                most,
                true,
                said -> host.receive(new String(said, StandardCharsets.ISO_8859_1)),
                time.executor("module"),
                says -> SessionFuzz.session(time.executor("module"), says),
                ended::add);
        int half = octets.length / 2;
        multiplexer.received(Arrays.copyOf(octets, half));
        multiplexer.show(_ -> Optional.of("+URC: 1"));
        time.runFor(Duration.ofSeconds(2));
        multiplexer.received(Arrays.copyOfRange(octets, half, octets.length));
        time.runFor(Duration.ofSeconds(2));
        if (ended.isEmpty()) {
            multiplexer.received(MuxHost.frame(0, MuxHost.UIH, "\u00c3\1").getBytes(StandardCharsets.ISO_8859_1));
            assertThat(host.others()).endsWith("UIH 0 c101");
        }
        assertThat(ended).hasSize(1);
        assertThat(time.pending()).isZero();
    }

    private static String frames(byte[] script) {
        var frames = new StringBuilder();
        int at = 1;
        while (script.length - at >= HEAD) {
            int channel = script[at] & 0x3F;
            int control = CONTROLS[script[at + 1] & 7];
            int length = Math.min(script[at + 2] & 0xFF, script.length - at - HEAD);
            String information = new String(script, at + HEAD, length, StandardCharsets.ISO_8859_1);
            frames.append(MuxHost.frame(channel == 0x3E ? 0 : channel, control, information));
            at += HEAD + length;
        }
        return frames.toString();
    }
}
