package dev.rootbeat.module.trace;

import dev.rootbeat.module.AtObservers;
import dev.rootbeat.module.ChannelFactory;
import dev.rootbeat.module.at.AtObserver;
import dev.rootbeat.module.at.Secrets;
import dev.rootbeat.module.trace.TraceLine.Kind;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Writes down what hosts and modules say to each other, and what comes of heartbeats. It may observe modules on several
 * threads, if what it writes to may be called on them.
 */
public final class Trace implements AtObservers {

    /** The host has the module run its last line again. */
    private static final String REPEAT = "A/";

    private final InstantSource clock;
    private final boolean secrets;
    private final Consumer<TraceLine> lines;

    private Trace(InstantSource clock, boolean secrets, Consumer<TraceLine> lines) {
        this.clock = clock;
        this.secrets = secrets;
        this.lines = lines;
    }

    /** A trace that shows private keys, pre-shared keys and passwords as {@link Secrets#MASK}. */
    public static Trace masked(InstantSource clock, Consumer<TraceLine> lines) {
        return new Trace(clock, false, lines);
    }

    /** A trace that shows everything; only so can all of it be played again. */
    public static Trace withSecrets(InstantSource clock, Consumer<TraceLine> lines) {
        return new Trace(clock, true, lines);
    }

    @Override
    public AtObserver of(RotPublicUid module, int host) {
        return new Host(module, host);
    }

    /** Has the channels of modules traced as well. */
    public ChannelFactory of(ChannelFactory channels) {
        return (uid, key, executor) ->
                new TracedChannel(channels.open(uid, key, executor), note -> write(uid, 0, Kind.NOTED, note));
    }

    private void write(RotPublicUid module, int host, Kind kind, String text) {
        lines.accept(new TraceLine(clock.instant(), module, host, kind, text));
    }

    /** One host. */
    private final class Host implements AtObserver {

        private final RotPublicUid module;
        private final int host;
        private boolean promptsForKey;

        Host(RotPublicUid module, int host) {
            this.module = module;
            this.host = host;
        }

        @Override
        public void asked(String line) {
            if (!line.equals(REPEAT)) {
                promptsForKey = Secrets.promptsForKey(line);
            }
            write(module, host, Kind.ASKED, secrets ? line : Secrets.hideInLine(line));
        }

        @Override
        public void sent(byte[] payload) {
            String text = new String(payload, StandardCharsets.ISO_8859_1);
            String hidden = promptsForKey ? Secrets.MASK : Secrets.hideKeys(text);
            write(module, host, Kind.SENT, secrets ? text : hidden);
        }

        @Override
        public void answered(String text) {
            write(module, host, Kind.ANSWERED, secrets ? text : Secrets.hideInAnswer(text));
        }

        @Override
        public void announced(String line) {
            write(module, host, Kind.ANNOUNCED, secrets ? line : Secrets.hideInAnswer(line));
        }
    }
}
