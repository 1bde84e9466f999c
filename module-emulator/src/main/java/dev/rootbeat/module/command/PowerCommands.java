package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.network.Radio;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Switching the radio and the module on and off (AT reference, sections 3.5 and 3.6). */
public final class PowerCommands {

    private final Radio radio;
    private final Power power;

    /** Switches this radio, and this power. */
    public PowerCommands(Radio radio, Power power) {
        this.radio = radio;
        this.power = power;
    }

    @AtCommand("+CFUN=")
    Answer functionality(@OneOf({0, 1, 4}) int number, @OneOf({0, 1}) @Nullable Integer reset) {
        if (reset != null && reset == 1) {
            return new Answer.Done(List.of(), power::reboot);
        }
        radio.functionality(number);
        return Answer.OK;
    }

    /** Silent resets, without and with a reset of the SIM card. */
    @AtCommand("+CFUN=")
    Answer reset(@OneOf({15, 16}) int number) {
        return new Answer.Done(List.of(), power::reboot);
    }

    /** A fast and safe power-off. */
    @AtCommand("+CFUN=")
    Answer fastOff(@OneOf(10) int number) {
        return off();
    }

    @AtCommand("+CFUN?")
    Answer functionality() {
        return Answer.of("+CFUN: " + radio.functionality());
    }

    @AtCommand("+CPWROFF")
    Answer off() {
        return new Answer.Done(List.of(), power::off);
    }
}
