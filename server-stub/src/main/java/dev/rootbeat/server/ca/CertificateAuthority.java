package dev.rootbeat.server.ca;

import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.PlatformSettings;
import dev.rootbeat.server.model.RootCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * Makes Root CAs and signs under them (requirements, section 6), after the profile of RFC 5280, with ECDSA on P-256 and
 * SHA-256. It holds no data of its own: records go in, records come out. Times in certificates are whole seconds. Safe
 * for use by several threads if its randomness is.
 */
public final class CertificateAuthority {

    /** How far back validity begins, for relying parties whose clocks are slow (requirements, section 5). */
    public static final Duration BACKDATING = Duration.ofHours(1);

    /** A revocation list is fetched anew once a day at the latest; it is signed anew with every revocation anyway. */
    private static final Duration CRL_LIFE = Duration.ofHours(24);

    /** Serial numbers stay unique also after the server was restored from a backup (protocol, section 5.8). */
    private static final int SERIAL_NUMBER_OCTETS = 16;

    /** Parsed Root CAs to keep, 1 KiB or so each: a domain has at most 15. */
    private static final int MAX_PARSED = 1_024;

    /** An id stands in a URL and in a PrintableString of at most 64 characters (ub-serial-number). */
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");

    private static final AlgorithmIdentifier ECDSA_WITH_SHA256 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    private final P256 p256;
    private final RandomGenerator random;
    private final String baseUrl;
    private final ConcurrentMap<Bytes, Issuer> parsed = new ConcurrentHashMap<>();

    /**
     * Makes a certificate authority.
     *
     * @param p256 signs
     * @param random for serial numbers; a {@link java.security.SecureRandom} where others may guess
     * @param baseUrl where revocation lists are served, such as {@code http://127.0.0.1:8080}; a certificate says
     *     {@code BASE/crl/ID.crl}
     */
    public CertificateAuthority(P256 p256, RandomGenerator random, String baseUrl) {
        this.p256 = p256;
        this.random = random;
        this.baseUrl = baseUrl;
    }

    /**
     * Makes a Root CA with a key pair of its own and a self-signed certificate.
     *
     * @param id its identity: 1 to 64 letters, digits and hyphens
     * @param validity how long it lives from now
     * @throws IllegalArgumentException if {@link RootCaSettings} finds a problem, or the id has another shape
     */
    public RootCa create(
            String id,
            String domain,
            String name,
            Duration validity,
            Duration deviceValidity,
            @Nullable Duration renewalWindow,
            Instant now) {
        RootCaSettings.problem(name, validity, deviceValidity, renewalWindow).ifPresent(problem -> {
            throw new IllegalArgumentException(problem.setting() + ": " + problem.reason());
        });
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("no id of a Root CA: " + id);
        }
        var pair = p256.generateKeyPair();
        var key = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        var subject = CertificateProfile.rootCaSubject(id, name);
        var notAfter = seconds(now.plus(validity));
        var certificate = certificate(
                pair.getPrivate(),
                subject,
                subject,
                serialNumber(),
                seconds(now.minus(BACKDATING)),
                notAfter,
                key,
                CertificateProfile.ofRootCa(key));
        return new RootCa(
                id,
                domain,
                name,
                deviceValidity,
                renewalWindow,
                RootCa.State.ACTIVE,
                certificate,
                Bytes.of(pair.getPrivate().getEncoded()),
                notAfter,
                false,
                PlatformSettings.DEFAULT);
    }

    /**
     * Signs a device certificate. It ends with its Root CA at the latest, and never begins before it: where the clock
     * has stepped back behind the Root CA's beginning, validity counts from there.
     *
     * @param publicKey the key to certify, DER SubjectPublicKeyInfo on P-256, of which the device has proven possession
     * @param operations ids of the operations that it fulfils
     * @param billedAs what its effect costs; null if it is free
     * @throws IllegalArgumentException if the Root CA may not issue now, or the key does not parse
     */
    public IssuedCertificate issue(
            RootCa ca,
            RotPublicUid device,
            Bytes publicKey,
            Instant now,
            List<String> operations,
            Operation.@Nullable Kind billedAs) {
        if (!ca.mayIssue(now)) {
            throw new IllegalArgumentException(ca + " may not issue now");
        }
        var issuer = parsed(ca);
        var serialNumber = serialNumber();
        var notBefore = latest(seconds(now.minus(BACKDATING)), issuer.notBefore());
        var notAfter = earliest(seconds(latest(now, issuer.notBefore()).plus(ca.deviceValidity())), ca.notAfter());
        var key = SubjectPublicKeyInfo.getInstance(publicKey.toArray());
        var certificate = certificate(
                issuer.privateKey(),
                issuer.name(),
                CertificateProfile.deviceSubject(device),
                serialNumber,
                notBefore,
                notAfter,
                key,
                CertificateProfile.ofDevice(key, issuer.authorityKey(), issuer.distributionPoint()));
        return new IssuedCertificate(
                ca.id(),
                serialNumber,
                device,
                certificate,
                certificate.sha256(),
                publicKey,
                notBefore,
                notAfter,
                IssuedCertificate.State.ISSUED,
                List.copyOf(operations),
                billedAs,
                null);
    }

    /**
     * Signs a revocation list (RFC 5280, section 5), in whatever state the Root CA is, also expired. Its number is
     * greater than the previous one, and than any that a server restored from a backup has forgotten: it comes from the
     * time in milliseconds.
     *
     * @param previousNumber the number of the last list, 0 if there was none
     * @param revoked the revoked certificates of this Root CA, in the order of the list; each has its revocation
     */
    public Crl crl(RootCa ca, long previousNumber, List<IssuedCertificate> revoked, Instant now) {
        var issuer = parsed(ca);
        long number = Math.max(Math.addExact(previousNumber, 1), now.toEpochMilli());
        var nextUpdate = seconds(now.plus(CRL_LIFE));
        var list = new V2TBSCertListGenerator();
        list.setSignature(ECDSA_WITH_SHA256);
        list.setIssuer(issuer.name());
        list.setThisUpdate(X509Time.of(now));
        list.setNextUpdate(X509Time.of(nextUpdate));
        for (var certificate : revoked) {
            var revocation = Objects.requireNonNull(certificate.revocation(), "a listed certificate is revoked");
            list.addCRLEntry(
                    new ASN1Integer(certificate.serialNumber()),
                    X509Time.of(revocation.at()),
                    CertificateProfile.ofCrlEntry(revocation.reason()));
        }
        list.setExtensions(CertificateProfile.ofCrl(issuer.authorityKey(), number));
        return new Crl(ca.id(), number, nextUpdate, signed(issuer.privateKey(), list.generateTBSCertList()));
    }

    /**
     * Returns the id of the Root CA that a certificate names as its issuer; nothing if it names none in our way.
     *
     * @param der any bytes
     */
    public Optional<String> issuerOf(Bytes der) {
        return Adoption.issuerOf(der);
    }

    /**
     * Recognises a certificate of a Root CA's own issue that the server no longer remembers (protocol, section 5.8).
     *
     * @param device the device that reports it; it must be the certificate's subject
     * @param der any bytes
     * @return the certificate as effective, without operations and free; or why it is none of this Root CA for this
     *     device
     */
    public Decoded<IssuedCertificate> adopt(RootCa ca, RotPublicUid device, Bytes der) {
        return Adoption.adopt(ca.id(), parsed(ca), p256, device, der);
    }

    private Issuer parsed(RootCa ca) {
        var known = parsed.get(ca.certificate());
        if (known != null) {
            return known;
        }
        if (parsed.size() >= MAX_PARSED) {
            parsed.clear();
        }
        var issuer = Issuer.of(ca, p256, baseUrl + "/crl/" + ca.id() + ".crl");
        parsed.put(ca.certificate(), issuer);
        return issuer;
    }

    private Bytes certificate(
            PrivateKey signer,
            X500Name issuer,
            X500Name subject,
            BigInteger serialNumber,
            Instant notBefore,
            Instant notAfter,
            SubjectPublicKeyInfo key,
            Extensions extensions) {
        var certificate = new V3TBSCertificateGenerator();
        certificate.setSerialNumber(new ASN1Integer(serialNumber));
        certificate.setSignature(ECDSA_WITH_SHA256);
        certificate.setIssuer(issuer);
        certificate.setStartDate(X509Time.of(notBefore));
        certificate.setEndDate(X509Time.of(notAfter));
        certificate.setSubject(subject);
        certificate.setSubjectPublicKeyInfo(key);
        certificate.setExtensions(extensions);
        return signed(signer, certificate.generateTBSCertificate());
    }

    /** Certificates and revocation lists share this shape (RFC 5280, sections 4.1 and 5.1). */
    private Bytes signed(PrivateKey signer, ASN1Object content) {
        try {
            var signature = p256.sign(signer, content.getEncoded(ASN1Encoding.DER));
            var whole = new DERSequence(new ASN1Encodable[] {content, ECDSA_WITH_SHA256, new DERBitString(signature)});
            return Bytes.of(whole.getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new UncheckedIOException("our own structures encode", e);
        }
    }

    private BigInteger serialNumber() {
        var octets = new byte[SERIAL_NUMBER_OCTETS];
        random.nextBytes(octets);
        return new BigInteger(1, octets);
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
