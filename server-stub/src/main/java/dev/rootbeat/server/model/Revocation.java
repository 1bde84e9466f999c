package dev.rootbeat.server.model;

import java.time.Instant;

/**
 * That a certificate was revoked through the API.
 *
 * @param at when
 * @param reason why
 */
public record Revocation(Instant at, Reason reason) {

    /** The reasons of RFC 5280, section 5.3.1 that fit a device's certificate. */
    public enum Reason {
        /** No reason given. */
        UNSPECIFIED(0),
        /** The private key is, or may be, known to others. */
        KEY_COMPROMISE(1),
        /** The issuer's key is, or may be, known to others. */
        CA_COMPROMISE(2),
        /** The owner changed. */
        AFFILIATION_CHANGED(3),
        /** Another certificate took its place. */
        SUPERSEDED(4),
        /** The device is out of use. */
        CESSATION_OF_OPERATION(5),
        /** The device lost its privilege. */
        PRIVILEGE_WITHDRAWN(9);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        /** The number in a CRL entry. */
        public int code() {
            return code;
        }
    }
}
