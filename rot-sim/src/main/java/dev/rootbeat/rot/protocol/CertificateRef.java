package dev.rootbeat.rot.protocol;

import java.math.BigInteger;

/**
 * Names the certificate in a slot.
 *
 * @param fingerprint SHA-256 over its DER form, 32 octets
 * @param serialNumber its serial number, positive, at most {@value #MAX_SERIAL_OCTETS} octets as a DER integer (RFC 5280, section 4.1.2.2)
 */
public record CertificateRef(Bytes fingerprint, BigInteger serialNumber) {

    /** The longest serial number (RFC 5280, section 4.1.2.2). */
    public static final int MAX_SERIAL_OCTETS = 20;
}
