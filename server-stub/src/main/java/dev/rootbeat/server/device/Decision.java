package dev.rootbeat.server.device;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.IssuedCertificate;

/** The difference between what is wanted and what a device reports: what to do about it in this heartbeat. */
sealed interface Decision {

    /** Nothing. */
    record Nothing() implements Decision {}

    /** Ask for the certificate that the device uses and the server does not remember. */
    record Read() implements Decision {}

    /** Have key and certificate deleted. */
    record Delete() implements Decision {}

    /** Have a key pair generated. */
    record GenerateKey() implements Decision {}

    /** Hand out again, unchanged, what was signed earlier. */
    record Resend(IssuedCertificate certificate) implements Decision {}

    /** Sign a certificate for this key and hand it out. */
    record Issue(String issuer, Bytes publicKey) implements Decision {}
}
