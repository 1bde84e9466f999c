package dev.rootbeat.server.ca;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.Lists.CertificateFilter;
import dev.rootbeat.server.store.Lists.CertificatePlace;
import dev.rootbeat.server.store.Lists.DeviceFilter;
import dev.rootbeat.server.store.View;
import java.time.Instant;
import java.util.Optional;

/** What still needs a Root CA, so that it cannot be deleted (requirements, section 6). */
public enum RootCaUse {
    /** Its revocation list is still asked for. */
    UNEXPIRED_CERTIFICATE("certificates that it signed have not expired"),
    /** A device may still report it, and then it is billed. */
    UNCONFIRMED_CERTIFICATE("a certificate that it signed was neither reported by its device nor superseded"),
    /** A renewal would ask it. */
    DEVICE("devices hold its certificates, though expired: transfer them, or delete the certificates"),
    /** An operation would ask it. */
    PENDING_OPERATION("devices wait for its certificates"),
    /** Devices that are sealed later would ask it. */
    DEVICE_PROFILE("a device profile names it"),
    /** Another domain may hand over devices. */
    CONSENT("a consent code for it is unused: withdraw it");

    private final String sentence;

    RootCaUse(String sentence) {
        this.sentence = sentence;
    }

    /** A sentence for people. */
    public String sentence() {
        return sentence;
    }

    /** Returns a use of a Root CA, or nothing if it has none. What is cheap to find comes first. */
    static Optional<RootCaUse> of(View view, RootCa rootCa, Instant now) {
        String id = rootCa.id();
        var unconfirmed = new CertificateFilter(IssuedCertificate.State.ISSUED, null);
        var expired = new CertificatePlace(now, Bytes.EMPTY);
        if (!view.lists().certificates(id, CertificateFilter.ALL, expired, 1).isEmpty()) {
            return Optional.of(UNEXPIRED_CERTIFICATE);
        }
        if (view.isAwaited(id)) {
            return Optional.of(PENDING_OPERATION);
        }
        if (view.hasUnusedConsent(id)) {
            return Optional.of(CONSENT);
        }
        if (!view.lists().profiles(rootCa.domain(), id, null, 1).isEmpty()) {
            return Optional.of(DEVICE_PROFILE);
        }
        if (!view.lists().certificates(id, unconfirmed, null, 1).isEmpty()) {
            return Optional.of(UNCONFIRMED_CERTIFICATE);
        }
        return view.lists()
                        .devices(rootCa.domain(), DeviceFilter.holding(id), null, 1)
                        .isEmpty()
                ? Optional.empty()
                : Optional.of(DEVICE);
    }
}
