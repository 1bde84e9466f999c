package dev.rootbeat.module.real;

import dev.rootbeat.module.AtObservers;
import dev.rootbeat.module.ChannelFactory;
import dev.rootbeat.module.at.AtObserver;
import dev.rootbeat.module.trace.Trace;
import dev.rootbeat.module.trace.TraceFile;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** The trace of a process, if there is one. */
record Tracing(AtObservers observers, UnaryOperator<ChannelFactory> channels, Close file) implements AutoCloseable {

    static final Tracing NONE = new Tracing((_, _) -> AtObserver.NONE, UnaryOperator.identity(), () -> {});

    /** Closes what is written to. */
    interface Close {
        void close() throws IOException;
    }

    static Tracing to(TraceFile file, boolean secrets, InstantSource clock) {
        Trace trace = secrets ? Trace.withSecrets(clock, file) : Trace.masked(clock, file);
        return new Tracing(trace, trace::of, file::close);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
