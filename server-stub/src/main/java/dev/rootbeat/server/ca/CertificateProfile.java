package dev.rootbeat.server.ca;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Revocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/** The names and extensions of our certificates and revocation lists: what RFC 5280 leaves to choose, chosen once. */
final class CertificateProfile {

    private static final String ORGANIZATION = "Rootbeat";

    /** A Root CA signs device certificates only, no other CA. */
    private static final int NO_CA_BELOW = 0;

    /** RFC 7093, section 2, method 1. */
    private static final int KEY_IDENTIFIER_OCTETS = 20;

    private static final Extension CA = extension(Extension.basicConstraints, true, new BasicConstraints(NO_CA_BELOW));
    private static final Extension SIGNS_CERTIFICATES =
            extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    private static final Extension NO_CA = extension(Extension.basicConstraints, true, new BasicConstraints(false));
    private static final Extension SIGNS_DATA =
            extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    private static final Extension TLS_CLIENT =
            extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));

    private CertificateProfile() {}

    /** The subject of a Root CA; the id keeps two Root CAs of one name apart. */
    static X500Name rootCaSubject(String id, String name) {
        return new X500NameBuilder()
                .addRDN(BCStyle.O, new DERUTF8String(ORGANIZATION))
                .addRDN(BCStyle.SERIALNUMBER, new DERPrintableString(id, true))
                .addRDN(BCStyle.CN, new DERUTF8String(name))
                .build();
    }

    /** The id in the subject of a Root CA. */
    static Optional<String> rootCaId(X500Name subject) {
        return Arrays.stream(subject.getRDNs(BCStyle.SERIALNUMBER))
                .findFirst()
                .map(rdn -> IETFUtils.valueToString(rdn.getFirst().getValue()));
    }

    /** The subject of a device: its Common Name stays the same through all its certificates. */
    static X500Name deviceSubject(RotPublicUid device) {
        return new X500NameBuilder()
                .addRDN(BCStyle.CN, new DERUTF8String(device.toString()))
                .build();
    }

    static Extensions ofRootCa(SubjectPublicKeyInfo key) {
        return new Extensions(new Extension[] {CA, SIGNS_CERTIFICATES, subjectKey(key)});
    }

    static Extensions ofDevice(SubjectPublicKeyInfo key, Extension authorityKey, Extension distributionPoint) {
        return new Extensions(
                new Extension[] {NO_CA, SIGNS_DATA, TLS_CLIENT, subjectKey(key), authorityKey, distributionPoint});
    }

    static Extensions ofCrl(Extension authorityKey, long number) {
        return new Extensions(
                new Extension[] {authorityKey, extension(Extension.cRLNumber, false, new ASN1Integer(number))});
    }

    /** Returns what a list says of one revocation; nothing without a reason (RFC 5280, section 5.3.1). */
    static @Nullable Extensions ofCrlEntry(Revocation.Reason reason) {
        return reason == Revocation.Reason.UNSPECIFIED
                ? null
                : new Extensions(extension(Extension.reasonCode, false, CRLReason.lookup(reason.code())));
    }

    static Extension authorityKey(SubjectPublicKeyInfo issuerKey) {
        return extension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyIdentifier(issuerKey)));
    }

    static Extension distributionPoint(String url) {
        var name = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, url));
        var point = new DistributionPoint(new DistributionPointName(name), null, null);
        return extension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
    }

    private static Extension subjectKey(SubjectPublicKeyInfo key) {
        return extension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(key)));
    }

    private static byte[] keyIdentifier(SubjectPublicKeyInfo key) {
        byte[] digest = Bytes.of(key.getPublicKeyData().getBytes()).sha256().toArray();
        return Arrays.copyOf(digest, KEY_IDENTIFIER_OCTETS);
    }

    private static Extension extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
        try {
            return Extension.create(id, critical, value);
        } catch (IOException e) {
            throw new UncheckedIOException("our own extensions encode", e);
        }
    }
}
