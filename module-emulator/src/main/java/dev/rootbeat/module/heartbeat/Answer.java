package dev.rootbeat.module.heartbeat;

import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Response;
import java.time.Duration;

/** What became of a message to the server. */
sealed interface Answer {

    /** 2.04 with a well-formed reply. */
    record Accepted(Reply reply) implements Answer {}

    /** 4.29 or 5.03: not now. */
    record Later(Duration maxAge) implements Answer {}

    /** Another answer; 4.03 for a device that is frozen. */
    record Refused(Response.Code code) implements Answer {}

    /** No answer, or one that cannot be read: what the server made of the message is not known. */
    record Unknown() implements Answer {}
}
