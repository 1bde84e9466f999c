package dev.rootbeat.module.command;

/** What the commands can do to the power of their own module. Every method ends the present boot. */
public interface Power {

    /** Switches off and on again. */
    void reboot();

    /** Switches off, until a host sends something. */
    void off();
}
