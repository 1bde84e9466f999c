package dev.rootbeat.module.credential;

/**
 * How much {@code AT+USECMNG} takes. What a SARA-R5 takes is not public (AT reference, section 8), so this is
 * configuration.
 *
 * @param name characters of a name
 * @param octets of what is imported
 * @param password characters of a password
 * @param items how many credentials there can be, at most {@value #MOST_ITEMS}
 */
public record CredentialLimits(int name, int octets, int password, int items) {

    /** The longest name that any known module takes, in characters. */
    public static final int LONGEST_NAME = 200;

    /** The longest password that any known module takes, in characters. */
    public static final int LONGEST_PASSWORD = 128;

    /** The most octets: so many credentials of this size have room in the storage. */
    public static final int MOST_OCTETS = 8192;

    /** The most credentials. */
    public static final int MOST_ITEMS = 16;

    /** What ubxlib limits itself to, and the number of items of related modules. */
    public static final CredentialLimits DEFAULT = new CredentialLimits(32, MOST_OCTETS, 64, MOST_ITEMS);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is beyond what can be stored
     */
    public CredentialLimits {
        if (name > LONGEST_NAME || octets > MOST_OCTETS || password > LONGEST_PASSWORD || items > MOST_ITEMS) {
            throw new IllegalArgumentException("limits of credentials beyond " + LONGEST_NAME + ", " + MOST_OCTETS
                    + ", " + LONGEST_PASSWORD + ", " + MOST_ITEMS);
        }
    }
}
