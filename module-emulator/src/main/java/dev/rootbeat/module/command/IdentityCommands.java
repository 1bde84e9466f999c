package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.ModuleIdentity;
import dev.rootbeat.module.at.OneOf;
import org.jspecify.annotations.Nullable;

/** Who the module is (AT reference, section 7.1). */
public final class IdentityCommands {

    private static final int VERSIONS = 9;

    private final ModuleIdentity identity;

    /** Answers for a module of this identity. */
    public IdentityCommands(ModuleIdentity identity) {
        this.identity = identity;
    }

    @AtCommand("I")
    Answer identify(@OneOf({0, VERSIONS}) @Nullable Integer what) {
        return Answer.of(
                what != null && what == VERSIONS
                        ? identity.modemVersion() + "," + identity.applicationVersion()
                        : identity.typeNumber());
    }

    @AtCommand({"+CGMI", "+GMI"})
    Answer manufacturer() {
        return Answer.of(identity.manufacturer());
    }

    @AtCommand({"+CGMM", "+GMM"})
    Answer model() {
        return Answer.of(identity.model());
    }

    @AtCommand({"+CGMR", "+GMR"})
    Answer modemVersion() {
        return Answer.of(identity.modemVersion());
    }

    @AtCommand({"+CGSN", "+GSN"})
    Answer imei() {
        return Answer.of(identity.imei());
    }
}
