package dev.rootbeat.module;

import dev.rootbeat.module.network.Luhn;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** International Mobile Equipment Identities: 14 digits and a Luhn check digit (AT reference, section 7.3). */
public final class Imei {

    /** The reporting body 00 is for tests: such an IMEI belongs to no real device. */
    private static final String TEST_TYPE = "00101";

    private static final int CHECKED_DIGITS = 14;
    private static final Pattern SHAPE = Pattern.compile("[0-9]{15}");

    private Imei() {}

    /** Draws the IMEI of a test device. */
    static String draw(RandomGenerator random) {
        StringBuilder digits = new StringBuilder(TEST_TYPE);
        while (digits.length() < CHECKED_DIGITS) {
            digits.append(random.nextInt(10));
        }
        return digits.append(Luhn.checkDigit(digits)).toString();
    }

    /**
     * Returns the text if it is an IMEI.
     *
     * @throws IllegalArgumentException saying what is wrong, if it is none
     */
    public static String check(String text) {
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("an IMEI is 15 digits, not \"" + text + "\"");
        }
        int expected = Luhn.checkDigit(text.substring(0, CHECKED_DIGITS));
        if (text.charAt(CHECKED_DIGITS) - '0' != expected) {
            throw new IllegalArgumentException("the check digit of IMEI " + text + " should be " + expected);
        }
        return text;
    }
}
