package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.ModuleIdentity;
import dev.rootbeat.module.at.OneOf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the module is (AT reference, section 7.1). */
public final class IdentityCommands {

    private static final int VERSIONS = 9;
    private static final int SERIAL = 0;
    private static final int IMEI = 1;
    private static final int IMEI_WITH_VERSION = 2;
    private static final int VERSION = 3;
    private static final int IMEI_WITHOUT_CHECK = 255;
    private static final String SOFTWARE_VERSION = "00";

    private final ModuleIdentity identity;
    private final List<String> commands;

    /**
     * Answers for a module of this identity.
     *
     * @param commands the names of all commands that it knows
     */
    public IdentityCommands(ModuleIdentity identity, List<String> commands) {
        this.identity = identity;
        this.commands = commands;
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

    @AtCommand("+CGSN=")
    Answer imei(@OneOf({SERIAL, IMEI, IMEI_WITH_VERSION, VERSION, IMEI_WITHOUT_CHECK}) int which) {
        String digits = identity.imei();
        String withoutCheck = digits.substring(0, digits.length() - 1);
        return Answer.of(
                switch (which) {
                    case IMEI_WITH_VERSION -> withoutCheck + SOFTWARE_VERSION;
                    case VERSION -> SOFTWARE_VERSION;
                    case IMEI_WITHOUT_CHECK -> withoutCheck;
                    default -> digits;
                });
    }

    @AtCommand("+GCAP")
    Answer capabilities() {
        return Answer.of("+GCAP: +CGSM");
    }

    @AtCommand("+CLAC")
    Answer commands() {
        return Answer.of(commands.stream().map(name -> "AT" + name).toArray(String[]::new));
    }
}
