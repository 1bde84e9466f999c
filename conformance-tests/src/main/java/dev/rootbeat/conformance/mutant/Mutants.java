package dev.rootbeat.conformance.mutant;

import dev.rootbeat.options.NamedBehaviours;
import dev.rootbeat.rot.protocol.Behaviour;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The catalogue. A module or a server on the command line takes a defect as {@code --behaviour mutant:ID}, which finds it
 * here as a service.
 */
public final class Mutants implements NamedBehaviours {

    private static final String PREFIX = "mutant:";

    private static final List<Mutant> ALL = Stream.of(
                    DeviceMessages.ALL, DeviceInside.ALL, ServerMessages.ALL, ServerRecords.ALL, ServerInside.ALL)
            .flatMap(List::stream)
            .toList();

    /** Made by the service loader. */
    public Mutants() {}

    /** All of them, the devices first. */
    public static List<Mutant> all() {
        return ALL;
    }

    /** The mutant of an id. */
    public static Optional<Mutant> of(String id) {
        return ALL.stream().filter(mutant -> mutant.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Behaviour> make(String name) {
        return name.startsWith(PREFIX) ? of(name.substring(PREFIX.length())).map(Mutant::behaviour) : Optional.empty();
    }
}
