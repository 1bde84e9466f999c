package dev.rootbeat.module.at;

import java.util.Optional;
import java.util.function.Function;

/** Where a module's unsolicited lines go: to the hosts that are plugged in, each as it asked for. */
@FunctionalInterface
public interface Urcs {

    /** Shows a line to every host for which there is one. */
    void show(Function<AtSession, Optional<String>> line);

    /** Shows a line to every host. */
    default void show(String line) {
        show(_ -> Optional.of(line));
    }

    /** Shows a line to every host that asked for it by a mode other than 0 of a command. */
    default void showIf(String command, String line) {
        show(session -> session.mode(command) == 0 ? Optional.empty() : Optional.of(line));
    }
}
