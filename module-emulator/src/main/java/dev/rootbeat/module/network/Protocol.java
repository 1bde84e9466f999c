package dev.rootbeat.module.network;

/** What a socket speaks. */
public enum Protocol {
    /** Streams. */
    TCP(6),
    /** Datagrams. */
    UDP(17);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    /** Its number at IANA. */
    public int number() {
        return number;
    }
}
