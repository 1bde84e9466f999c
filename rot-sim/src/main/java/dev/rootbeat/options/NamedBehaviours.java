package dev.rootbeat.options;

import dev.rootbeat.rot.protocol.Behaviour;
import java.util.Optional;

/** A catalogue of behaviours that go by other names than those of classes; found by {@link java.util.ServiceLoader}. */
public interface NamedBehaviours {

    /** Makes the behaviour of a name; nothing if the catalogue has none of that name. */
    Optional<Behaviour> make(String name);
}
