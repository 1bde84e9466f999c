package dev.rootbeat.scenario.testbed;

import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** X.509 as scenarios look at it. */
public final class Certificates {

    private Certificates() {}

    /** Reads the certificate of a device's credential. */
    public static X509Certificate of(Credential credential) {
        return read(credential.chain().getFirst());
    }

    /** Reads a certificate in DER. */
    static X509Certificate read(Bytes der) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toArray()));
        } catch (CertificateException e) {
            throw new AssertionError("the device holds what is no certificate: " + e.getMessage(), e);
        }
    }

    /** Hexadecimal. */
    public static String serialNumber(Credential credential) {
        return of(credential).getSerialNumber().toString(16);
    }

    /** Whether two credentials are on the same key pair. */
    public static boolean sameKey(Credential one, Credential other) {
        return of(one).getPublicKey().equals(of(other).getPublicKey());
    }
}
