package dev.rootbeat.options;

import dev.rootbeat.rot.protocol.Behaviour;
import java.util.ServiceLoader;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Makes a {@link Behaviour} of the class that is named, or of the entry of a catalogue ({@link NamedBehaviours}). */
public final class BehaviourConverter implements ITypeConverter<Behaviour> {

    /** Made by picocli. */
    public BehaviourConverter() {}

    @Override
    public Behaviour convert(String name) {
        return ServiceLoader.load(NamedBehaviours.class).stream()
                .flatMap(catalogue -> catalogue.get().make(name).stream())
                .findFirst()
                .orElseGet(() -> ofClass(name));
    }

    private static Behaviour ofClass(String name) {
        try {
            return Class.forName(name)
                    .asSubclass(Behaviour.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new TypeConversionException("there is no public class " + name + " on the class path (set CLASSPATH"
                    + " to add to it) that implements " + Behaviour.class.getName()
                    + " and has a public constructor without parameters: " + e);
        }
    }
}
