package dev.rootbeat.server.store;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Consent;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.RootCa;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One consistent state of the data. Every list has one order, the same in every implementation, and does not change
 * afterwards. Oldest first is the order in which they were first saved.
 */
public interface View {

    /** The domain of this id. */
    Optional<Domain> domain(String id);

    /** The domain that this API key belongs to. */
    Optional<Domain> domainOfApiKey(String apiKey);

    /** The device profile of this DeviceProfileUID. */
    Optional<DeviceProfile> profile(String uid);

    /** Whether a device is on a profile's whitelist. */
    boolean isWhitelisted(String profileUid, RotPublicUid device);

    /** The Root CA of this id. */
    Optional<RootCa> rootCa(String id);

    /** A domain's Root CAs, oldest first. */
    List<RootCa> rootCas(String domain);

    /** A Root CA's present revocation list. */
    Optional<Crl> crl(String rootCa);

    /** The consent of this code. */
    Optional<Consent> consent(String code);

    /** The device of this identity. */
    Optional<Device> device(RotPublicUid uid);

    /** A domain's devices, by ascending identity. */
    List<Device> devices(String domain);

    /** A device's operations that it still owes, oldest first. */
    List<Operation> openOperations(RotPublicUid device);

    /** All operations of a device, oldest first. */
    List<Operation> operations(RotPublicUid device);

    /** The certificate of this fingerprint (SHA-256 over the DER form). */
    Optional<IssuedCertificate> certificate(Bytes fingerprint);

    /** All certificates of a device, oldest first. */
    List<IssuedCertificate> certificates(RotPublicUid device);

    /** Those of a device's certificates that are {@linkplain IssuedCertificate.State#isCurrent current}, oldest first: few, however old it is. */
    List<IssuedCertificate> currentCertificates(RotPublicUid device);

    /** A Root CA's revoked certificates, by the instant of their revocation, then oldest first. */
    List<IssuedCertificate> revokedCertificates(String rootCa);

    /** Whether an operation that a device still owes asks for a certificate of a Root CA. */
    boolean isAwaited(String rootCa);

    /** Whether a consent to receive devices under a Root CA waits to be used. */
    boolean hasUnusedConsent(String rootCa);

    /** The secret of this name, which all server processes on this data share. */
    Optional<Bytes> secret(String name);

    /** Pages of what a domain has. */
    Lists lists();

    /** The audit log. */
    AuditView audit();

    /** All billing events, oldest first. */
    List<BillingEvent> billingEvents();

    /** The money. */
    BillingView billing();

    /** All notifications, oldest first. */
    List<Notification> notifications();

    /** What the server does by itself. */
    EventView events();

    /** What the server's own IoT platform knows. */
    PlatformView platform();

    /** When a scheduled job is due; nothing if it was never saved. */
    Optional<Instant> due(String job);
}
