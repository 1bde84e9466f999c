package dev.rootbeat.module.testing;

import dev.rootbeat.module.AtObservers;
import dev.rootbeat.module.ChannelFactory;
import dev.rootbeat.module.at.AtObserver;
import dev.rootbeat.module.trace.Trace;
import dev.rootbeat.module.trace.TraceLine;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was said to and by the module of a test. On the module's thread. */
final class Records implements AtObservers {

    private final List<TraceLine> said = new ArrayList<>();
    private final Lines received = new Lines();
    private final Trace trace;

    Records(InstantSource clock) {
        trace = Trace.masked(clock, said::add);
    }

    @Override
    public AtObserver of(RotPublicUid module, int host) {
        return trace.of(module, host).and(new AtObserver() {
            @Override
            public void asked(String line) {
                received.add(line);
            }
        });
    }

    ChannelFactory over(ChannelFactory channels) {
        return trace.of(channels);
    }

    Lines received() {
        return received;
    }

    String transcript() {
        return said.stream().map(TraceLine::toString).collect(Collectors.joining("\n"));
    }
}
