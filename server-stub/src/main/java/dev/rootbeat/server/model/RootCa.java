package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.Bytes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A private Root CA of a domain (requirements, section 6).
 *
 * @param id its identity
 * @param domain the domain that owns it
 * @param name what people call it; the Common Name of its certificate
 * @param deviceValidity how long a device certificate lives, if the Root CA itself lives that long
 * @param renewalWindow the life left below which the server renews by itself; null if it never does
 * @param state whether it may issue
 * @param certificate its own certificate, DER
 * @param privateKey its key, DER PKCS#8
 * @param notAfter when it expires
 * @param expiryNotified whether the event <i>Root CA expiring</i> was raised
 * @param platform how its certificates are used on IoT platforms
 */
public record RootCa(
        String id,
        String domain,
        String name,
        Duration deviceValidity,
        @Nullable Duration renewalWindow,
        State state,
        Bytes certificate,
        Bytes privateKey,
        Instant notAfter,
        boolean expiryNotified,
        PlatformSettings platform) {

    /** How many Root CAs a domain may have (requirements, section 6). */
    public static final int MAX_PER_DOMAIN = 15;

    /** Whether a Root CA may issue certificates; it signs its CRL in every state. */
    public enum State {
        /** It issues. */
        ACTIVE,
        /** An operator took it out of use. */
        DISABLED,
        /** Its key is not trusted any more. */
        COMPROMISED
    }

    /** Returns whether it may sign a certificate at this instant. */
    public boolean mayIssue(Instant now) {
        return state == State.ACTIVE && now.isBefore(notAfter);
    }

    /** Returns the same Root CA with other settings. */
    public RootCa withSettings(Duration newDeviceValidity, @Nullable Duration newRenewalWindow, State newState) {
        return new RootCa(
                id,
                domain,
                name,
                newDeviceValidity,
                newRenewalWindow,
                newState,
                certificate,
                privateKey,
                notAfter,
                expiryNotified,
                platform);
    }

    /** Returns the same Root CA after its expiry was announced. */
    public RootCa withExpiryNotified() {
        return new RootCa(
                id,
                domain,
                name,
                deviceValidity,
                renewalWindow,
                state,
                certificate,
                privateKey,
                notAfter,
                true,
                platform);
    }

    /** Returns the same Root CA with other settings for IoT platforms. */
    public RootCa with(PlatformSettings newPlatform) {
        return new RootCa(
                id,
                domain,
                name,
                deviceValidity,
                renewalWindow,
                state,
                certificate,
                privateKey,
                notAfter,
                expiryNotified,
                newPlatform);
    }

    /** Names it only: the private key must not reach a log. */
    @Override
    public String toString() {
        return "RootCa[" + id + " " + name + "]";
    }
}
