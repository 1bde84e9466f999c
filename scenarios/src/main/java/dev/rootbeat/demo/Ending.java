package dev.rootbeat.demo;

/** How a device ends in the demonstration, and what the table says of it. */
enum Ending {
    KEPT("valid"),
    TRANSFERRED("valid, transferred"),
    REVOKED("revoked, still in the device"),
    DELETED("deleted");

    private final String verdict;

    Ending(String verdict) {
        this.verdict = verdict;
    }

    String verdict() {
        return verdict;
    }
}
