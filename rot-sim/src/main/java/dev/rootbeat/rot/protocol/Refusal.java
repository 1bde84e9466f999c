package dev.rootbeat.rot.protocol;

/** Why a Root of Trust did not carry out a command. */
public enum Refusal {
    /** There is no such slot. */
    NO_SUCH_SLOT(1),
    /** The storage has no room. */
    STORAGE_FULL(2),
    /** The certificate's public key is neither the slot's active nor its pending one. */
    KEY_MISMATCH(3),
    /** The chain or a trust anchor does not parse, is not signed by its issuer, or does not end at a trust anchor. */
    BAD_CHAIN(4),
    /** The server's time lies outside the certificate's validity. */
    NOT_VALID_NOW(5);

    private final int code;

    Refusal(int code) {
        this.code = code;
    }

    /** The number that stands for the refusal in messages. */
    public int code() {
        return code;
    }
}
