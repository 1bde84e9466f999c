package dev.rootbeat.module.mux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.SessionFuzz;
import dev.rootbeat.sim.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for any cutting of what a host sends, and for any noise in it. */
class MultiplexerTest {

    private static final int MOST = 31;

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.strings()
                .withCharRange('\0', '\u00ff')
                .withChars('\u00f9', '\u0007', '\u00ef')
                .ofMaxLength(60);
    }

    /** Channels, each with a number that its answer shows. */
    @Property(tries = 300)
    void every_line_is_answered_on_its_channel_however_the_octets_are_cut(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 3) Integer> channels,
            @ForAll @IntRange(min = 1, max = 50) int piece) {
        var octets = new StringBuilder();
        var bench = new Bench();
        MuxHost host = bench.host;
        host.open(1);
        host.open(2);
        host.open(3);
        for (int i = 0; i < channels.size(); i++) {
            octets.append(MuxHost.frame(channels.get(i), MuxHost.UIH, "AT+NUM=" + i + "\r"));
        }
        for (int from = 0; from < octets.length(); from += piece) {
            bench.send(octets.substring(from, Math.min(octets.length(), from + piece)));
        }
        for (int channel = 1; channel <= 3; channel++) {
            var expected = new StringBuilder();
            for (int i = 0; i < channels.size(); i++) {
                if (channels.get(i) == channel) {
                    expected.append("AT+NUM=" + i + "\r\r\n+NUM: " + i + ",null\r\n\r\nOK\r\n");
                }
            }
            assertThat(host.heard(channel)).isEqualTo(expected.toString());
        }
    }

    @Property(tries = 1000)
    void a_frame_behind_any_noise_is_answered_after_a_moment_at_most(@ForAll("noise") String noise) {
        var bench = new Bench();
        MuxHost host = bench.host;
        host.open(1);
        bench.send(noise);
        bench.time.runFor(Duration.ofSeconds(2));
        host.heard(1);
        host.send(1, MuxHost.SABM, ""); // noise may be a frame by chance
        bench.send(noise + MuxHost.frame(1, MuxHost.UIH, "AT+NUM=7\r"));
        bench.time.runFor(Duration.ofSeconds(2));
        assertThat(host.heard(1)).contains("+NUM: 7,null");
        bench.multiplexer.close();
        assertThat(bench.time.pending()).isZero();
    }

    /** A host and a multiplexer. */
    private static final class Bench {

        final VirtualTime time = new VirtualTime(Instant.EPOCH);
        final MuxHost host = new MuxHost(this::send, MOST);
        final Multiplexer multiplexer = new Multiplexer(
                MOST,
                false,
                said -> host.receive(new String(said, StandardCharsets.ISO_8859_1)),
                time.executor("module"),
                says -> SessionFuzz.session(time.executor("module"), says),
                _ -> {});

        void send(String octets) {
            multiplexer.received(octets.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
