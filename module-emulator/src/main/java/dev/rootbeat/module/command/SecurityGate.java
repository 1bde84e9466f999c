package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.SecurityService;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Whether the security services take commands: not while they are switched off ({@code AT+USECMODE}), and not for a
 * while after a boot (AT reference, section 1.7).
 */
public final class SecurityGate {

    private final boolean switchedOn;
    private final SecurityService agent;
    private final InstantSource clock;
    private final Instant ready;

    /**
     * Makes the gate of one boot.
     *
     * @param agent knows whether the module is sealed
     * @param ready from when on they are not busy any more
     */
    public SecurityGate(boolean switchedOn, SecurityService agent, InstantSource clock, Instant ready) {
        this.switchedOn = switchedOn;
        this.agent = agent;
        this.clock = clock;
        this.ready = ready;
    }

    /** Returns what a command comes to, or why it is not run. */
    Answer pass(Supplier<Answer> command) {
        if (!switchedOn) {
            return Answer.error(AtError.SEC_DISABLED);
        }
        return clock.instant().isBefore(ready) ? Answer.error(AtError.SEC_BUSY) : command.get();
    }

    /** Returns what a command comes to that needs a sealed module. */
    Answer passSealed(Supplier<Answer> command) {
        return pass(() -> agent.status().claimed() ? command.get() : nothingYet());
    }

    /** The answer of a module that has not got what is asked for. */
    Answer nothingYet() {
        return Answer.error(
                agent.status().registered() ? AtError.SEC_DATA_NOT_AVAILABLE : AtError.SEC_NOT_PERSONALIZED);
    }
}
