package dev.rootbeat.options;

import dev.rootbeat.rot.protocol.Behaviour;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;

/**
 * What {@code --behaviour} says where there are devices and a server: a name as {@link BehaviourConverter} takes it, for
 * both sides, or for one with {@code device:} or {@code server:} before it.
 *
 * @param name as it was given
 * @param device makes what sees and may change what passes on devices; anew each time, since it may remember
 * @param server the same on the server
 */
public record SidedBehaviours(String name, Supplier<Behaviour> device, Supplier<Behaviour> server) {

    private static final String OF_DEVICE = "device:";
    private static final String OF_SERVER = "server:";

    /** None at all. */
    public static final SidedBehaviours NONE = new SidedBehaviours("", () -> Behaviour.NONE, () -> Behaviour.NONE);

    /** Reads what is given to the option. */
    public static final class Converter implements ITypeConverter<SidedBehaviours> {

        /** Made by picocli. */
        public Converter() {}

        @Override
        public SidedBehaviours convert(String name) {
            var converter = new BehaviourConverter();
            String bare = name.replaceFirst("^(" + OF_DEVICE + "|" + OF_SERVER + ")", "");
            Behaviour _ = converter.convert(bare); // one that cannot be made is said before anything runs
            Supplier<Behaviour> made = () -> converter.convert(bare);
            return new SidedBehaviours(
                    name,
                    name.startsWith(OF_SERVER) ? NONE.device : made,
                    name.startsWith(OF_DEVICE) ? NONE.server : made);
        }
    }
}
