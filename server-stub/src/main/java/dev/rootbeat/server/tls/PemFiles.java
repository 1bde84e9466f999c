package dev.rootbeat.server.tls;

import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Files in PEM (RFC 7468): a server's identity that is read, and the certificate to trust that is written. */
public final class PemFiles {

    /** A chain of ten certificates with large keys has a fifth of it. */
    private static final int MAX_OCTETS = 128 * 1024;

    private PemFiles() {}

    /**
     * Reads an identity.
     *
     * @param certificates the server's certificate, and after it those that lead to what clients trust
     * @param key its private key, not encrypted: PKCS#8, or as OpenSSL wrote them before
     * @throws IOException if that is impossible; the message names the file and the reason
     */
    public static ServerIdentity read(Path certificates, Path key) throws IOException {
        List<X509Certificate> chain = chain(certificates);
        PrivateKey secret = key(key);
        if (!fit(secret, chain.getFirst().getPublicKey())) {
            throw new IOException(key + ": is not the key of the first certificate in " + certificates);
        }
        return new ServerIdentity(secret, chain);
    }

    /**
     * Writes a certificate.
     *
     * @param der the certificate in DER
     * @throws IOException if that is impossible; the message names the file and the reason
     */
    public static void write(Bytes der, Path file) throws IOException {
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, Pem.certificate(der));
        } catch (IOException e) {
            throw new IOException(file + ": cannot be written: " + reason(e), e);
        }
    }

    private static List<X509Certificate> chain(Path file) throws IOException {
        var converter = new JcaX509CertificateConverter();
        var chain = new ArrayList<X509Certificate>();
        for (Object part : parts(file)) {
            if (part instanceof X509CertificateHolder certificate) {
                try {
                    chain.add(converter.getCertificate(certificate));
                } catch (CertificateException e) {
                    throw new IOException(file + ": holds a certificate that cannot be read", e);
                }
            }
        }
        if (chain.isEmpty()) {
            throw new IOException(file + ": holds no certificate in PEM");
        }
        return chain;
    }

    private static PrivateKey key(Path file) throws IOException {
        PrivateKeyInfo info = keyInfo(file);
        try {
            return new JcaPEMKeyConverter().getPrivateKey(info);
        } catch (PEMException e) {
            throw new IOException(file + ": holds a key of a kind that is not known", e);
        }
    }

    private static PrivateKeyInfo keyInfo(Path file) throws IOException {
        for (Object part : parts(file)) {
            switch (part) {
                case PrivateKeyInfo info -> {
                    return info;
                }
                case PEMKeyPair pair -> {
                    return pair.getPrivateKeyInfo();
                }
                case PKCS8EncryptedPrivateKeyInfo _, PEMEncryptedKeyPair _ ->
                    throw new IOException(file + ": the key is encrypted; openssl pkey decrypts it");
                default -> {} // such as the parameters of a curve, or certificates
            }
        }
        throw new IOException(file + ": holds no private key in PEM");
    }

    private static List<Object> parts(Path file) throws IOException {
        String text = text(file);
        var parts = new ArrayList<>();
        try (var parser = new PEMParser(new StringReader(text))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                parts.add(part);
            }
        } catch (IOException | RuntimeException e) { // the parser has many ways to say it
            throw new IOException(file + ": is not PEM that can be read", e);
        }
        return parts;
    }

    private static String text(Path file) throws IOException {
        String text;
        try {
            if (Files.size(file) > MAX_OCTETS) {
                throw new IOException("it has more than " + MAX_OCTETS + " octets");
            }
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read: " + reason(e), e);
        }
        return text;
    }

    /** The messages of some exceptions are the file alone. */
    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "access is denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    /** Whether what the one signs, the other verifies. */
    private static boolean fit(PrivateKey key, PublicKey of) {
        if (!key.getAlgorithm().equals(of.getAlgorithm())) {
            return false;
        }
        byte[] octets = "signed".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> key.getAlgorithm();
                    });
            signature.initSign(key);
            signature.update(octets);
            byte[] signed = signature.sign();
            signature.initVerify(of);
            signature.update(octets);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // such as a signature of another length
        }
    }
}
