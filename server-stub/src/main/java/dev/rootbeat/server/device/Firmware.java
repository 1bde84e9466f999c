package dev.rootbeat.server.device;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which type numbers support the certificate manager (requirements, section 2). */
final class Firmware {

    // PPPP-TGVV-MMQ-XX: product, generation and version, major product version and quality, minor version.
    private static final Pattern TYPE_NUMBER =
            Pattern.compile("(SARA-R500S|SARA-R510S|SARA-R510M8S|ALEX-R510M8S)-(\\d\\d)B-\\d\\d");

    private Firmware() {}

    /** Returns whether operations on certificates are possible: from product version 01B on. */
    static boolean supportsCertificateManager(String typeNumber) {
        Matcher matcher = TYPE_NUMBER.matcher(typeNumber);
        return matcher.matches() && Integer.parseInt(matcher.group(2)) >= 1;
    }
}
