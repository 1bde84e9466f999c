package dev.rootbeat.rot.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A server's answer on the secure channel.
 *
 * @param code the CoAP response code
 * @param maxAge with {@link Code#TOO_MANY_REQUESTS} and {@link Code#SERVICE_UNAVAILABLE} the time to wait (RFC 8516,
 *     RFC 7252 section 5.9.3.4), in whole seconds; else zero
 * @param payload a CBOR {@link Reply} with {@link Code#CHANGED}, else a diagnostic sentence in UTF-8
 */
public record Response(Code code, Duration maxAge, Bytes payload) {

    /** The answers that this protocol knows (RFC 7252 section 12.1.2, RFC 8516). */
    public enum Code {
        /** 2.04 */
        CHANGED(2, 4),
        /** 4.00: the message is malformed; the payload names the field. */
        BAD_REQUEST(4, 0),
        /** 4.03: the device may not say that: a clone is suspected, or its seal is of no use. */
        FORBIDDEN(4, 3),
        /** 4.04: there is no such resource. */
        NOT_FOUND(4, 4),
        /** 4.13: the message is larger than {@link Request#MAX_PAYLOAD}. */
        TOO_LARGE(4, 13),
        /** 4.29: flood protection; come again after Max-Age. */
        TOO_MANY_REQUESTS(4, 29),
        /** 5.00: the server failed. */
        INTERNAL_ERROR(5, 0),
        /** 5.03: the server is overloaded; come again after Max-Age. */
        SERVICE_UNAVAILABLE(5, 3);

        private final int codeClass;
        private final int detail;

        Code(int codeClass, int detail) {
            this.codeClass = codeClass;
            this.detail = detail;
        }

        /** The code as one octet: three bits of class, five of detail (RFC 7252, section 3). */
        public int octet() {
            return codeClass << 5 | detail;
        }

        @Override
        public String toString() {
            return codeClass + (detail < 10 ? ".0" : ".") + detail;
        }
    }

    /** Returns a 2.04 answer. */
    public static Response changed(Bytes reply) {
        return new Response(Code.CHANGED, Duration.ZERO, reply);
    }

    /** Returns an answer with a diagnostic sentence. */
    public static Response error(Code code, String diagnostic) {
        return retryAfter(code, Duration.ZERO, diagnostic);
    }

    /** Returns an answer that tells the device when to come again, with a diagnostic sentence. */
    public static Response retryAfter(Code code, Duration maxAge, String diagnostic) {
        return new Response(code, maxAge, Bytes.of(diagnostic.getBytes(StandardCharsets.UTF_8)));
    }
}
