package dev.rootbeat.module.credential;

import dev.rootbeat.rot.protocol.Bytes;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * What the list of credentials shows of a certificate.
 *
 * @param subject its Common Name, or all of its subject if that has none; of printable ASCII characters without quotes
 * @param expiry when it expires, such as {@code 2032/10/18 08:23:32}, in UTC
 */
public record CertificateSummary(String subject, String expiry) {

    private static final DateTimeFormatter EXPIRY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Summarizes a certificate that was imported. */
    public static CertificateSummary of(Bytes der) {
        try {
            Certificate certificate = CredentialReader.parse(der);
            return new CertificateSummary(
                    plain(subject(certificate.getSubject())),
                    EXPIRY.format(certificate.getEndDate().getDate().toInstant()));
        } catch (IOException e) {
            throw new IllegalStateException("only certificates are imported as such", e);
        }
    }

    private static String subject(X500Name name) {
        RDN[] commonNames = name.getRDNs(BCStyle.CN);
        return commonNames.length > 0 && commonNames[0].getFirst().getValue() instanceof ASN1String text
                ? text.getString()
                : name.toString();
    }

    private static String plain(String text) {
        return text.replace('"', '\'').replaceAll("[^ -~]", "?");
    }
}
