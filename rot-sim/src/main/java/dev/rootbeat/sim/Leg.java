package dev.rootbeat.sim;

import dev.rootbeat.rot.protocol.Request;

/** The four ways that a message can go on the secure channel (protocol, section 2). */
public enum Leg {
    /** A heartbeat on its way to the server; also a request to a resource that does not exist. */
    HEARTBEAT,
    /** The answer to a heartbeat. */
    REPLY,
    /** Results on their way to the server. */
    RESULTS,
    /** The answer to results. */
    ACKNOWLEDGEMENT;

    static Leg there(Request request) {
        return request.path().equals(Request.RESULTS) ? RESULTS : HEARTBEAT;
    }

    static Leg back(Request request) {
        return request.path().equals(Request.RESULTS) ? ACKNOWLEDGEMENT : REPLY;
    }
}
