package dev.rootbeat.module.network;

import java.util.regex.Pattern;

/**
 * The one cell that a module sees.
 *
 * @param plmn the operator's number: three digits of country, two or three of network
 * @param longName the operator's name, at most 24 characters
 * @param shortName the same, at most 10 characters
 * @param trackingArea four hexadecimal digits
 * @param identity up to eight hexadecimal digits
 */
public record Cell(String plmn, String longName, String shortName, String trackingArea, String identity) {

    private static final Pattern PLMN = Pattern.compile("[0-9]{5,6}");
    private static final Pattern AREA = Pattern.compile("[0-9A-F]{4}");
    private static final Pattern IDENTITY = Pattern.compile("[0-9A-F]{1,8}");
    private static final int MAX_LONG_NAME = 24;
    private static final int MAX_SHORT_NAME = 10;
    private static final int COUNTRY_DIGITS = 3;

    /** The test network 001/01 (AT reference, section 7.3). */
    public static final Cell TEST = new Cell("00101", "Rootbeat Test", "Rootbeat", "2B67", "01A2D001");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value that makes no sense
     */
    public Cell {
        require(PLMN.matcher(plmn).matches(), "operator number", plmn);
        require(isName(longName, MAX_LONG_NAME), "long operator name", longName);
        require(isName(shortName, MAX_SHORT_NAME), "short operator name", shortName);
        require(AREA.matcher(trackingArea).matches(), "tracking area", trackingArea);
        require(IDENTITY.matcher(identity).matches(), "cell identity", identity);
    }

    /** The country: three digits. */
    public String country() {
        return plmn.substring(0, COUNTRY_DIGITS);
    }

    /** The network within its country: two or three digits. */
    public String network() {
        return plmn.substring(COUNTRY_DIGITS);
    }

    private static boolean isName(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest && text.indexOf('"') < 0;
    }

    private static void require(boolean good, String what, String value) {
        if (!good) {
            throw new IllegalArgumentException("no " + what + ": \"" + value + "\"");
        }
    }
}
