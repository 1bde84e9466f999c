package dev.rootbeat.server.ca;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x509.Time;

/** Instants in certificates and revocation lists (RFC 5280, section 4.1.2.5). */
final class X509Time {

    private static final Instant YEAR_1950 = Instant.parse("1950-01-01T00:00:00Z");
    private static final Instant YEAR_2050 = Instant.parse("2050-01-01T00:00:00Z");
    private static final DateTimeFormatter TWO_DIGIT_YEAR = formatter("uuMMddHHmmss'Z'");
    private static final DateTimeFormatter FOUR_DIGIT_YEAR = formatter("uuuuMMddHHmmss'Z'");

    private X509Time() {}

    /** Returns the second that the instant lies in: UTCTime for the years that it can say, else GeneralizedTime. */
    static Time of(Instant instant) {
        boolean twoDigits = !instant.isBefore(YEAR_1950) && instant.isBefore(YEAR_2050);
        return new Time(
                twoDigits
                        ? new DERUTCTime(TWO_DIGIT_YEAR.format(instant))
                        : new DERGeneralizedTime(FOUR_DIGIT_YEAR.format(instant)));
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
