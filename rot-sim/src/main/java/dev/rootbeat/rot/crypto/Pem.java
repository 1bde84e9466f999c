package dev.rootbeat.rot.crypto;

import dev.rootbeat.rot.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The textual form of certificates, revocation lists and keys (RFC 7468, strict: lines of 64 characters). */
public final class Pem {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    /** Returns the text of a DER certificate, with a line feed at its end. */
    public static String certificate(Bytes der) {
        return text("CERTIFICATE", der);
    }

    /** Returns the text of a DER revocation list, with a line feed at its end. */
    public static String crl(Bytes der) {
        return text("X509 CRL", der);
    }

    /** Returns the text of an unencrypted private key, PKCS#8 DER, with a line feed at its end. */
    public static String privateKey(Bytes der) {
        return text("PRIVATE KEY", der);
    }

    private static String text(String label, Bytes der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der.toArray()) + "\n-----END " + label
                + "-----\n";
    }
}
