package dev.rootbeat.module.at;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a host and its session put between them instead of plain text, such as a multiplexer. It talks to the host by
 * what {@link HostLink#interpose} gave it. All methods are called on the module's executor.
 */
public interface LinkLayer {

    /** Takes octets from the host, as they come. */
    void received(byte[] octets);

    /** Takes what the session below says to the host. */
    void say(byte[] octets);

    /** Shows an unsolicited line to each session that now shares the link, if the line is for it. */
    void show(Function<AtSession, Optional<String>> line);

    /** The power goes off, or the host is unplugged: nothing is said any more. */
    void close();
}
