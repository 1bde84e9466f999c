package dev.rootbeat.module;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.rootbeat.module.mux.MuxHost;
import dev.rootbeat.module.network.Names;
import dev.rootbeat.module.network.SocketAccess;
import dev.rootbeat.module.network.TestWorld;
import dev.rootbeat.module.secure.ChipToChip;
import dev.rootbeat.module.secure.Pairing;
import dev.rootbeat.module.trace.Trace;
import dev.rootbeat.module.trace.TraceLine;
import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.sim.SimNetwork;
import dev.rootbeat.sim.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * Any octets to a whole module with all its commands. No command fails by a mistake, and after a while it answers
 * {@code AT} again; a host that has opened
 * a chip-to-chip session and speaks in plain text has to be unplugged first. Run by {@code FuzzTest} and {@code LongFuzz}.
 */
public final class ModuleFuzz {

    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(6);
    private static final String CLOSE_DOWN = MuxHost.frame(0, MuxHost.UIH, "\u00c3\1");
    private static final int LISTENING = 80;
    private static final int SILENT = 1883;
    private static final int MOST_HEARD = 1024 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Errors ERRORS = Errors.seen();
    private static final int PIECES = 3;

    private final VirtualTime time = new VirtualTime(Instant.EPOCH);
    private final StringBuilder heard = new StringBuilder();
    private final Module module;
    private AtPort port;

    private ModuleFuzz() {
        var world = new TestWorld(time.executor("world"));
        world.listen(LISTENING);
        world.silence(SILENT);
        var network = new SimNetwork(time.executor("network"), new SplittableRandom(1));
        module = Module.builder(
                        time.executor("module"),
                        time,
                        new SplittableRandom(2),
                        (uid, _, on) -> network.channel(uid, on))
                .medium(new MemoryMedium())
                .observers(Trace.masked(time, ModuleFuzz::checkTrace))
                .p256(new DeterministicP256(new SplittableRandom(3)))
                .chipToChip(new ChipToChip(Pairing.Scheme.V1, true, true))
                .sockets(new SocketAccess(world, new Names(Map.of()), RANDOM, Runnable::run))
                .build();
        module.powerOn();
        port = plug();
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        var fuzz = new ModuleFuzz();
        int piece = input.length / PIECES + 1;
        for (int from = 0; from < input.length; from += piece) {
            fuzz.port.input(Arrays.copyOfRange(input, from, Math.min(input.length, from + piece)));
            fuzz.time.runFor(Duration.ofSeconds(5));
        }
        fuzz.check();
    }

    /** A line of a trace can be read again. */
    private static void checkTrace(TraceLine line) {
        String text = line.toString();
        if (!TraceLine.parse(text).toString().equals(text)) {
            throw new AssertionError("unreadable: " + text);
        }
    }

    private AtPort plug() {
        return module.connect(octets -> {
            if (heard.length() > MOST_HEARD) {
                heard.setLength(0);
            }
            heard.append(new String(octets, StandardCharsets.ISO_8859_1));
        });
    }

    private void check() {
        time.runFor(LONGEST_COMMAND);
        endWhatIsBegun();
        endWhatIsBegun(); // the line that was begun may have begun something
        resetProfile();
        heard.setLength(0);
        send("AT\r");
        assertThat(heard).asString().contains("\r\nOK\r\n");
        module.close();
        assertThat(time.pending()).isZero();
        assertThat(ERRORS.take()).isEmpty();
    }

    private void endWhatIsBegun() {
        send(CLOSE_DOWN);
        if (isSecure()) {
            port.close();
            port = plug();
        }
        resetProfile();
        send("\r");
        time.runFor(LONGEST_COMMAND);
    }

    /** The host knows what it has set. */
    private void resetProfile() {
        port.show(session -> {
            session.profile().reset();
            return Optional.empty();
        });
    }

    private boolean isSecure() {
        var secure = new AtomicBoolean();
        port.show(session -> {
            secure.set(!session.link().isPlain());
            return Optional.empty();
        });
        return secure.get();
    }

    private void send(String octets) {
        port.input(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Mistakes of ours cost a host an error, and are logged. */
    private static final class Errors extends AppenderBase<ILoggingEvent> {

        private final List<String> messages = new ArrayList<>();

        static Errors seen() {
            var errors = new Errors();
            errors.start();
            ((Logger) LoggerFactory.getLogger(Module.class.getPackageName())).addAppender(errors);
            return errors;
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                IThrowableProxy thrown = event.getThrowableProxy();
                messages.add(event.getFormattedMessage()
                        + (thrown == null ? "" : ": " + ThrowableProxyUtil.asString(thrown)));
            }
        }

        List<String> take() {
            List<String> taken = List.copyOf(messages);
            messages.clear();
            return taken;
        }
    }
}
