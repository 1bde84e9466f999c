package dev.rootbeat.module.credential;

import java.util.Arrays;

/** The types of {@code AT+USECMNG} (AT reference, section 2.5). */
public enum CredentialType {
    /** An authority that servers are checked against. */
    ROOT_CA(0, "CA"),
    /** The host's own certificate. */
    CLIENT_CERTIFICATE(1, "CC"),
    /** The key of the host's own certificate. */
    CLIENT_KEY(2, "PK"),
    /** A server's certificate, to be pinned. */
    SERVER_CERTIFICATE(3, "SC"),
    /** A certificate that signatures are checked with. */
    SIGNATURE_CERTIFICATE(4, "VC"),
    /** A public key that signatures are checked with. */
    SIGNATURE_KEY(5, "PU");

    private final int number;
    private final String code;

    CredentialType(int number, String code) {
        this.number = number;
        this.code = code;
    }

    /** How {@code AT+USECMNG} calls it, 0 to 5. */
    public int number() {
        return number;
    }

    /** The two letters that the list shows. */
    public String code() {
        return code;
    }

    /** Returns the type of a number from 0 to 5. */
    public static CredentialType of(int number) {
        return Arrays.stream(values())
                .filter(type -> type.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no type of credential: " + number));
    }
}
