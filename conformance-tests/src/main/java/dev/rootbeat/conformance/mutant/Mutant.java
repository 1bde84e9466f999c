package dev.rootbeat.conformance.mutant;

import dev.rootbeat.rot.protocol.Behaviour;
import java.util.function.Supplier;

/**
 * A deliberate defect of a device or a server, which breaks one rule.
 *
 * @param id stable, such as {@code device-takes-any-chain}; it begins with who is at fault
 * @param party who is at fault
 * @param rule what it breaks: a section of the requirements, or a promise of the protocol's section 5
 * @param wrong what it does, a phrase that goes on from the party's name
 * @param defect makes it anew: it may remember
 */
public record Mutant(String id, Party party, String rule, String wrong, Supplier<? extends Behaviour> defect) {

    /** Who is at fault. */
    public enum Party {
        DEVICE,
        SERVER
    }

    /** Makes the behaviour that has the defect; with parts of a device or a server, where it lies deeper than messages. */
    public Behaviour behaviour() {
        return defect.get();
    }

    static Mutant device(String name, String rule, String wrong, Supplier<? extends Behaviour> defect) {
        return new Mutant("device-" + name, Party.DEVICE, rule, wrong, defect);
    }

    static Mutant server(String name, String rule, String wrong, Supplier<? extends Behaviour> defect) {
        return new Mutant("server-" + name, Party.SERVER, rule, wrong, defect);
    }
}
