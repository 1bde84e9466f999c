package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that a Root CA has signed for a device; kept for ever. Unique by issuer and serial number.
 *
 * @param issuer the Root CA's id
 * @param serialNumber positive, 128 random bits
 * @param device the device
 * @param certificate DER
 * @param fingerprint SHA-256 over the DER form
 * @param publicKey the key it certifies, DER SubjectPublicKeyInfo
 * @param notBefore the start of its validity
 * @param notAfter the end of its validity
 * @param state where it stands
 * @param operations ids of the operations that it fulfils
 * @param billedAs what its effect costs; null if it is free
 * @param revocation that it was revoked; null if it was not
 */
public record IssuedCertificate(
        String issuer,
        BigInteger serialNumber,
        RotPublicUid device,
        Bytes certificate,
        Bytes fingerprint,
        Bytes publicKey,
        Instant notBefore,
        Instant notAfter,
        State state,
        List<String> operations,
        Operation.@Nullable Kind billedAs,
        @Nullable Revocation revocation) {

    /** Where a certificate stands. */
    public enum State {
        /** Signed and recorded; the device has not reported it. */
        ISSUED,
        /** The device reports it as the one it uses. */
        EFFECTIVE,
        /** The device used it and now uses another. */
        REPLACED,
        /** A later one was signed before the device reported it. */
        SUPERSEDED,
        /** The device refused it. */
        REFUSED,
        /** The device used it until it was deleted. */
        REMOVED;

        /** Whether the device uses it, or may yet. */
        public boolean isCurrent() {
            return this == ISSUED || this == EFFECTIVE;
        }
    }

    /** Returns the same certificate in another state. */
    public IssuedCertificate to(State newState) {
        return new IssuedCertificate(
                issuer,
                serialNumber,
                device,
                certificate,
                fingerprint,
                publicKey,
                notBefore,
                notAfter,
                newState,
                operations,
                billedAs,
                revocation);
    }

    /** Returns the same certificate, fulfilling these operations at this price. */
    public IssuedCertificate fulfilling(List<String> newOperations, Operation.@Nullable Kind newBilledAs) {
        return new IssuedCertificate(
                issuer,
                serialNumber,
                device,
                certificate,
                fingerprint,
                publicKey,
                notBefore,
                notAfter,
                state,
                List.copyOf(newOperations),
                newBilledAs,
                revocation);
    }

    /** Returns the same certificate, revoked. */
    public IssuedCertificate revoked(Revocation newRevocation) {
        return new IssuedCertificate(
                issuer,
                serialNumber,
                device,
                certificate,
                fingerprint,
                publicKey,
                notBefore,
                notAfter,
                state,
                operations,
                billedAs,
                newRevocation);
    }
}
