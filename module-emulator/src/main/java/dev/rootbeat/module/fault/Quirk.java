package dev.rootbeat.module.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Peculiarities that were seen of real firmware, as faults. */
public enum Quirk {
    /**
     * The import of a credential fails on a module whose file system was never used, until its files were listed once.
     * Seen of a SARA-R422 (ubxlib issue #77). Every process begins as if it was never used, whatever is stored.
     */
    FRESH_FILE_SYSTEM("fresh-file-system", """
            until AT+ULSTFILE* AT+USECMNG=0,* error USECMNG no memory available
            until AT+ULSTFILE* AT+USECMNG=1,* error USECMNG no memory available
            """),

    /**
     * The security services are busy when they are asked for the first time after a boot; hosts try three times. Seen of
     * a SARA-R422 (AT reference, section 1.7).
     */
    BUSY_AFTER_BOOT("busy-after-boot", "2 times a boot AT+USECDEVINFO? error SEC busy"),

    /**
     * A forced heartbeat takes nearly as long as the worst case that is known, 150 s, which is as long as ubxlib waits
     * (AT reference, section 6).
     */
    SLOW_HEARTBEAT("slow-heartbeat", "AT+USECCONN delay 140s"),

    /**
     * Switching the radio off, and the search for networks, do not end by themselves: hosts abort them (AT reference,
     * section 1.1).
     */
    STUCK_RADIO("stuck-radio", """
            once a boot AT+CFUN=4 hang
            once a boot AT+COPS=? hang
            """);

    private final String label;
    private final String faults;

    Quirk(String label, String faults) {
        this.label = label;
        this.faults = faults;
    }

    /** Finds the quirk that is called so. */
    public static Optional<Quirk> of(String label) {
        return Arrays.stream(values())
                .filter(quirk -> quirk.label.equals(label))
                .findFirst();
    }

    /** What makes a module peculiar in this way. */
    public List<Fault> faults() {
        return faults.lines().map(Fault::parse).toList();
    }

    /** Its name on the command line. */
    @Override
    public String toString() {
        return label;
    }
}
