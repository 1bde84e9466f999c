package dev.rootbeat.module.network;

import java.util.regex.Pattern;

/**
 * The SIM card in a module; it has no PIN.
 *
 * @param imsi the subscriber's number, 15 digits as host libraries read it
 * @param iccid the card's number, 19 or 20 digits that begin with 89
 */
public record SimCard(String imsi, String iccid) {

    private static final Pattern IMSI = Pattern.compile("[0-9]{15}");
    private static final Pattern ICCID = Pattern.compile("89[0-9]{17,18}");
    private static final int SERIAL_FROM = 5;
    private static final int SERIAL_TO = 14;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException naming the one that is none
     */
    public SimCard {
        if (!IMSI.matcher(imsi).matches()) {
            throw new IllegalArgumentException("an IMSI is 15 digits, not \"" + imsi + "\"");
        }
        if (!ICCID.matcher(iccid).matches()) {
            throw new IllegalArgumentException("an ICCID is 19 or 20 digits from 89 on, not \"" + iccid + "\"");
        }
    }

    /** A card of the test network 001/01 that no other module has (AT reference, section 7.3). */
    public static SimCard of(String imei) {
        String serial = imei.substring(SERIAL_FROM, SERIAL_TO);
        String card = "8988001010" + serial;
        return new SimCard("001010" + serial, card + Luhn.checkDigit(card));
    }
}
