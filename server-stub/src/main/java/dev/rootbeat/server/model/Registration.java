package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That the server's own IoT platform knows a certificate (requirements, section 7); kept for ever.
 *
 * @param fingerprint SHA-256 over the DER form of the certificate
 * @param domain the domain of its Root CA
 * @param issuer the Root CA's id
 * @param serialNumber its serial number
 * @param device the device that it names
 * @param state whether it may log in
 * @param registeredAt since when it is known
 * @param firstLogin when it logged in first; null if it never did
 */
public record Registration(
        Bytes fingerprint,
        String domain,
        String issuer,
        BigInteger serialNumber,
        RotPublicUid device,
        State state,
        Instant registeredAt,
        @Nullable Instant firstLogin) {

    /** Where a registration stands, as AWS IoT and Azure IoT Hub have it. */
    public enum State {
        /** It may log in and has not yet. */
        REGISTERED,
        /** It has logged in and may again. */
        ACTIVE,
        /** An operator keeps it out. */
        DISABLED
    }

    /** Returns a registration of a certificate for the domain of its Root CA. */
    public static Registration of(IssuedCertificate certificate, String domain, Instant now) {
        return new Registration(
                certificate.fingerprint(),
                domain,
                certificate.issuer(),
                certificate.serialNumber(),
                certificate.device(),
                State.REGISTERED,
                now,
                null);
    }

    /** Returns the same registration, kept out. */
    public Registration disabled() {
        return with(State.DISABLED, firstLogin);
    }

    /** Returns the same registration, let in again if it was kept out. */
    public Registration enabled() {
        return with(firstLogin == null ? State.REGISTERED : State.ACTIVE, firstLogin);
    }

    /** Returns the same registration after it has logged in for the first time. */
    public Registration activated(Instant now) {
        return with(State.ACTIVE, now);
    }

    private Registration with(State newState, @Nullable Instant newFirstLogin) {
        return new Registration(
                fingerprint, domain, issuer, serialNumber, device, newState, registeredAt, newFirstLogin);
    }
}
