package dev.rootbeat.rot.protocol;

/**
 * The seam at which a device or a server can be made to behave differently: an interceptor that sees what passes and
 * may change it. Faults and mutants attach here. On a device the methods see what it sends and receives; on a server
 * what it receives and sends. Every method returns its argument unless overridden.
 *
 * <p>A class named with {@code --behaviour} has a public constructor without parameters. Methods are called one at a
 * time for a device, on its thread; on a server for many devices, and possibly from several threads.
 */
public interface Behaviour {

    /** Changes nothing. */
    Behaviour NONE = new Behaviour() {};

    /** A heartbeat: on a device before it is encoded, on a server after it was decoded. */
    default Heartbeat heartbeat(RotPublicUid device, Heartbeat heartbeat) {
        return heartbeat;
    }

    /** A message of results: on a device before it is encoded, on a server after it was decoded. */
    default Results results(RotPublicUid device, Results results) {
        return results;
    }

    /** A reply: on a device after it was decoded, on a server before it is encoded and stored. */
    default Reply reply(RotPublicUid device, Reply reply) {
        return reply;
    }

    /** A command, on a device before the Root of Trust runs it. */
    default Command command(RotPublicUid device, Command command) {
        return command;
    }

    /** The result of a command, on a device after the Root of Trust ran it. */
    default Result result(RotPublicUid device, Command command, Result result) {
        return result;
    }
}
