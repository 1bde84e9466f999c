package dev.rootbeat.rot.protocol;

/** Why a device speaks. The server shows it and never decides by it (requirements, section 4). */
public enum Reason {
    /** The first exchange of a device that no certificate manager has registered yet. */
    BOOTSTRAP(1),
    /** The device claims its place in a profile. */
    SEAL(2),
    /** The device waits for its first certificate. */
    PROVISION(3),
    /** The first heartbeat after the device started. */
    FIRST_CONTACT(4),
    /** The heartbeat was due. */
    SCHEDULED(5),
    /** The host asked for it ({@code AT+USECCONN}). */
    FORCED(6);

    private final int code;

    Reason(int code) {
        this.code = code;
    }

    /** The number that stands for the reason in messages. */
    public int code() {
        return code;
    }
}
