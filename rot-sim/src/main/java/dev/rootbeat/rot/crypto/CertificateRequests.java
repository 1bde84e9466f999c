package dev.rootbeat.rot.crypto;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.Decoded.Malformed;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/**
 * Certificate requests (PKCS#10, RFC 2986) of Roots of Trust: the subject is {@code CN=} and the RoTPublicUID, the key
 * is on P-256, and the signature by ECDSA with SHA-256 proves that the device has the private key.
 */
public final class CertificateRequests {

    private static final AlgorithmIdentifier ALGORITHM = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    private CertificateRequests() {}

    /** Returns a DER request for a key pair, signed with it. */
    public static Bytes create(P256 p256, KeyPair keyPair, RotPublicUid uid) {
        SubjectPublicKeyInfo key =
                SubjectPublicKeyInfo.getInstance(keyPair.getPublic().getEncoded());
        try {
            return Bytes.of(new PKCS10CertificationRequestBuilder(subject(uid), key)
                    .build(new Signer(p256, keyPair.getPrivate(), new ByteArrayOutputStream()))
                    .getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks a request that a device sent, with its proof of possession.
     *
     * @param uid the device that sent it, which must be the request's subject
     * @param request any octets
     * @return the DER SubjectPublicKeyInfo of the key, or what is wrong
     */
    public static Decoded<Bytes> verify(P256 p256, RotPublicUid uid, Bytes request) {
        byte[] octets = request.toArray();
        try {
            PKCS10CertificationRequest parsed = new PKCS10CertificationRequest(octets);
            if (!Arrays.equals(parsed.toASN1Structure().getEncoded(ASN1Encoding.DER), octets)) {
                return malformed("", "is not in DER");
            }
            if (!subject(uid).equals(parsed.getSubject())) {
                return malformed(".subject", "is not CN=" + uid);
            }
            if (!ALGORITHM.equals(parsed.getSignatureAlgorithm())) {
                return malformed(".signatureAlgorithm", "is not ecdsa-with-SHA256");
            }
            Bytes key = Bytes.of(parsed.getSubjectPublicKeyInfo().getEncoded());
            return verifyProof(p256, key, parsed);
        } catch (IOException | RuntimeException e) { // the parser throws what it likes
            return malformed("", "is not a PKCS#10 request");
        }
    }

    private static Decoded<Bytes> verifyProof(P256 p256, Bytes key, PKCS10CertificationRequest request)
            throws IOException {
        PublicKey publicKey;
        try {
            publicKey = p256.publicKey(key.toArray());
        } catch (GeneralSecurityException e) {
            return malformed(".subjectPublicKeyInfo", "is not a key on P-256");
        }
        byte[] signed = request.toASN1Structure().getCertificationRequestInfo().getEncoded(ASN1Encoding.DER);
        return p256.verify(publicKey, signed, request.getSignature())
                ? new Decoded.Message<>(key)
                : malformed(".signature", "is not made with the key of the request");
    }

    private static Malformed<Bytes> malformed(String field, String reason) {
        return new Malformed<>("certificateRequest" + field, reason);
    }

    private static X500Name subject(RotPublicUid uid) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, uid.toString())
                .build();
    }

    /** Lets BouncyCastle's builder sign through {@link P256}. */
    private record Signer(P256 p256, PrivateKey key, ByteArrayOutputStream signed) implements ContentSigner {

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return ALGORITHM;
        }

        @Override
        public OutputStream getOutputStream() {
            return signed;
        }

        @Override
        public byte[] getSignature() {
            return p256.sign(key, signed.toByteArray());
        }

        /** Names no key. */
        @Override
        public String toString() {
            return "Signer";
        }
    }
}
