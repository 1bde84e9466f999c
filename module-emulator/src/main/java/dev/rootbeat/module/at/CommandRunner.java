package dev.rootbeat.module.at;

/** What answers the commands of a session, the command table or something in front of it. */
@FunctionalInterface
public interface CommandRunner {

    /** Runs a command on the module's executor. */
    Answer run(AtSession session, AtRequest request);
}
