package dev.rootbeat.module.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate is for a host (RFC 6125): by its alternative names, or by its Common Name where it has none. A
 * wildcard stands for one whole label, the first.
 */
final class HostName {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final String WILDCARD = "*.";

    private HostName() {}

    static boolean matches(X509Certificate certificate, String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        return names(certificate).map(name -> name.toLowerCase(Locale.ROOT)).anyMatch(name -> fits(name, wanted));
    }

    private static boolean fits(String name, String host) {
        int label = host.indexOf('.');
        return name.equals(host)
                || (name.startsWith(WILDCARD) && label > 0 && name.substring(1).equals(host.substring(label)));
    }

    private static Stream<String> names(X509Certificate certificate) {
        Collection<List<?>> alternatives = alternatives(certificate);
        return alternatives == null
                ? commonNames(certificate)
                : alternatives.stream()
                        .filter(name -> name.getFirst().equals(DNS_NAME)
                                || name.getFirst().equals(IP_ADDRESS))
                        .map(name -> String.valueOf(name.get(1)));
    }

    private static @Nullable Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            return certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static Stream<String> commonNames(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return Stream.of(subject.getRDNs(BCStyle.CN))
                .map(RDN::getFirst)
                .flatMap(
                        name -> name.getValue() instanceof ASN1String text ? Stream.of(text.getString()) : Stream.of());
    }
}
