package dev.rootbeat.rot.protocol;

/** The kinds of key pairs that a Root of Trust can generate. */
public enum KeyAlgorithm {
    /** ECDSA on the curve P-256 (FIPS 186-5) with SHA-256. */
    P256(1);

    private final int code;

    KeyAlgorithm(int code) {
        this.code = code;
    }

    /** The number that stands for the algorithm in messages. */
    public int code() {
        return code;
    }
}
