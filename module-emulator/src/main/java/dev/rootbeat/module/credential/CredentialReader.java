package dev.rootbeat.module.credential;

import dev.rootbeat.rot.protocol.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a host imports (AT reference, section 2.5): certificates, private and public keys, in DER or in textual
 * armour. It does not ask whether they are good for anything: expired certificates and short keys are taken.
 */
public final class CredentialReader {

    /** The longest RSA modulus, in bits; longer ones take a module longer than a handshake may (ours). */
    static final int MAX_RSA_BITS = 4096;

    private static final List<String> CERTIFICATE = List.of("CERTIFICATE", "X509 CERTIFICATE");
    private static final List<String> PUBLIC_KEY = List.of("PUBLIC KEY");

    /** What the names in a certificate may be made of (AT reference, section 2.5). */
    private static final Set<ASN1ObjectIdentifier> ATTRIBUTES = Set.of(
            BCStyle.CN,
            BCStyle.SERIALNUMBER,
            BCStyle.C,
            BCStyle.L,
            BCStyle.ST,
            BCStyle.O,
            BCStyle.OU,
            BCStyle.UID,
            BCStyle.DC,
            BCStyle.EmailAddress,
            BCStyle.UnstructuredName);

    private CredentialReader() {}

    /** What octets came to: the credential, or why they are none. */
    public sealed interface Read {

        /**
         * A credential.
         *
         * @param der as it was inside its armour; a key whose password was given is decrypted
         */
        record Good(Bytes der) implements Read {

            /** Shows nothing: a key must not reach a log. */
            @Override
            public String toString() {
                return "Good";
            }
        }

        /** No credential of the type. */
        record Bad(String reason) implements Read {}
    }

    /**
     * Reads a credential.
     *
     * @param octets any
     * @param password that of an encrypted private key; one that is encrypted and comes without stays so
     */
    public static Read read(CredentialType type, byte[] octets, @Nullable String password) {
        try {
            return switch (type) {
                case ROOT_CA, CLIENT_CERTIFICATE, SERVER_CERTIFICATE, SIGNATURE_CERTIFICATE -> certificate(octets);
                case CLIENT_KEY -> PrivateKeys.read(octets, password);
                case SIGNATURE_KEY -> publicKey(octets);
            };
        } catch (IOException | RuntimeException e) { // the parser throws what it likes
            return new Read.Bad("not in the form of its type: " + e.getMessage());
        }
    }

    private static Read certificate(byte[] octets) throws IOException {
        Optional<Bytes> der = der(octets, CERTIFICATE);
        if (der.isEmpty()) {
            return new Read.Bad("no armour of a certificate, or not base64 in it");
        }
        Certificate certificate = parse(der.get());
        Set<ASN1ObjectIdentifier> unusual = Stream.of(certificate.getSubject(), certificate.getIssuer())
                .flatMap(name -> Arrays.stream(name.getAttributeTypes()))
                .filter(attribute -> !ATTRIBUTES.contains(attribute))
                .collect(Collectors.toSet());
        if (!unusual.isEmpty()) {
            return new Read.Bad("its names have attributes " + unusual);
        }
        var _ = CertificateSummary.of(der.get()); // what the list cannot show is not taken
        return checked(der.get(), certificate.getSubjectPublicKeyInfo());
    }

    private static Read publicKey(byte[] octets) throws IOException {
        Optional<Bytes> der = der(octets, PUBLIC_KEY);
        if (der.isEmpty()) {
            return new Read.Bad("no armour of a public key, or not base64 in it");
        }
        return checked(
                der.get(),
                SubjectPublicKeyInfo.getInstance(
                        ASN1Primitive.fromByteArray(der.get().toArray())));
    }

    private static Read checked(Bytes der, SubjectPublicKeyInfo key) throws IOException {
        if (key.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            int bits =
                    RSAPublicKey.getInstance(key.parsePublicKey()).getModulus().bitLength();
            return bits > MAX_RSA_BITS ? new Read.Bad("an RSA key of " + bits + " bits") : new Read.Good(der);
        }
        PublicKeyFactory.createKey(key);
        return new Read.Good(der);
    }

    private static Optional<Bytes> der(byte[] octets, List<String> labels) {
        return Armour.isIn(octets)
                ? Armour.open(octets, labels).map(Armour.Content::der)
                : Optional.of(Bytes.of(octets));
    }

    /**
     * Reads a DER certificate that was imported.
     *
     * @throws IOException or an {@link IllegalArgumentException} if it is none
     */
    static Certificate parse(Bytes der) throws IOException {
        return Certificate.getInstance(ASN1Primitive.fromByteArray(der.toArray()));
    }
}
