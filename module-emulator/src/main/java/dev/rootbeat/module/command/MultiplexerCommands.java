package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.mux.Multiplexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Several channels on the link of a host (3GPP TS 27.007, section 5.7; 3GPP TS 27.010; AT reference, section 3.8). Only
 * the basic mode with UIH frames is there, and only the size of frames is taken from the host: there is nothing to time
 * or to repeat on a link without errors. What it reads back is what is public of related modules.
 */
public final class MultiplexerCommands {

    private static final int MOST_INFORMATION = 1509;
    private static final int MOST_TIME = 255;

    private final boolean satellites;
    private final ScheduledExecutorService executor;
    private final Function<Consumer<byte[]>, AtSession> conversations;
    private final List<Multiplexer> running = new ArrayList<>();

    /**
     * Answers for a module.
     *
     * @param satellites whether it has a satellite receiver
     * @param conversations begin a session of AT with who takes what it says
     */
    public MultiplexerCommands(
            boolean satellites,
            ScheduledExecutorService executor,
            Function<Consumer<byte[]>, AtSession> conversations) {
        this.satellites = satellites;
        this.executor = executor;
        this.conversations = conversations;
    }

    @AtCommand("+CMUX=")
    Answer start(
            AtSession session,
            @OneOf(0) int mode,
            @OneOf(0) @Nullable Integer subset,
            @Range(to = 9) @Nullable Integer portSpeed,
            @Range(from = 1, to = MOST_INFORMATION) @Nullable Integer information,
            @Range(from = 1, to = MOST_TIME) @Nullable Integer acknowledgement,
            @Range(to = 5) @Nullable Integer retransmissions,
            @Range(from = 2, to = MOST_TIME) @Nullable Integer response,
            @Range(to = MOST_TIME) @Nullable Integer wakeUp,
            @Range(to = MOST_TIME) @Nullable Integer window) {
        if (!session.link().isPlain() || of(session).isPresent()) {
            return Answer.error(AtError.OPERATION_NOT_ALLOWED);
        }
        if (acknowledgement != null && response != null && acknowledgement > response) {
            return Answer.error(AtError.INCORRECT_PARAMETERS);
        }
        int most = information == null ? Multiplexer.USUAL_INFORMATION : information;
        return new Answer.Done(List.of(), () -> session.link().interpose(host -> multiplexer(session, most, host)));
    }

    @AtCommand("+CMUX?")
    Answer present(AtSession session) {
        return of(session)
                .map(multiplexer -> Answer.of("+CMUX: 0,0,0," + multiplexer.mostInformation() + ",253,3,254,0,0"))
                .orElseGet(() -> Answer.error(AtError.OPERATION_NOT_ALLOWED));
    }

    /** What the module ignores it leaves blank. */
    @AtCommand("+CMUX=?")
    Answer choices() {
        return Answer.of("+CMUX: (0),(0),,(1-" + MOST_INFORMATION + "),(1-255),(0-5),(2-255),,");
    }

    private Multiplexer multiplexer(AtSession session, int most, Consumer<byte[]> host) {
        running.removeIf(Multiplexer::isClosed);
        var multiplexer = new Multiplexer(most, satellites, host, executor, conversations, session.link()::plain);
        running.add(multiplexer);
        return multiplexer;
    }

    private Optional<Multiplexer> of(AtSession session) {
        return running.stream()
                .filter(multiplexer -> multiplexer.serves(session))
                .findFirst();
    }
}
