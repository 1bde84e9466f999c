package dev.rootbeat.module.network;

/** The check digit of equipment and card numbers (ISO/IEC 7812-1; AT reference, section 7.3). */
public final class Luhn {

    private Luhn() {}

    /** Returns the digit that belongs behind these digits. */
    public static int checkDigit(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            boolean everySecondFromTheRight = (digits.length() - i) % 2 == 1;
            int weighted = everySecondFromTheRight ? 2 * digit : digit;
            sum += weighted / 10 + weighted % 10;
        }
        return (10 - sum % 10) % 10;
    }
}
