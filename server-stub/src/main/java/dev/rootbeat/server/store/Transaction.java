package dev.rootbeat.server.store;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Consent;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.DueJob;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.RootCa;
import java.time.Instant;

/**
 * A view that can be changed; it sees its own changes. To save is to insert, or to replace what has the same key; what is
 * replaced keeps its place in every order of age. Instants are kept to the nanosecond and lie between the years 1678 and
 * 2261.
 */
public interface Transaction extends View {

    /**
     * Saves a domain, by id.
     *
     * @throws StoreException if another domain has its API key
     */
    void save(Domain domain);

    /** Saves a device profile, by its DeviceProfileUID. */
    void save(DeviceProfile profile);

    /** Puts a device on a profile's whitelist; it may be there already. */
    void addToWhitelist(String profileUid, RotPublicUid device);

    /** Takes a device off a profile's whitelist; it need not be there. */
    void removeFromWhitelist(String profileUid, RotPublicUid device);

    /** Saves a Root CA, by id. */
    void save(RootCa rootCa);

    /** Deletes a Root CA and its revocation list; the certificates that it signed stay on record. */
    void deleteRootCa(String id);

    /** Saves a Root CA's present revocation list. */
    void save(Crl crl);

    /** Saves a consent, by code. */
    void save(Consent consent);

    /** Saves a device, by identity. */
    void save(Device device);

    /** Saves an operation, by id. */
    void save(Operation operation);

    /**
     * Saves a certificate, by issuer and serial number.
     *
     * @throws StoreException if another certificate has its fingerprint
     */
    void save(IssuedCertificate certificate);

    @Override
    AuditTransaction audit();

    /**
     * Keeps a secret, unless there is one of the same name: the first server process on this data decides.
     *
     * @return the secret that is kept
     */
    Bytes keep(String name, Bytes secret);

    /**
     * Adds a billing event, unless there is one of the same issuer and serial number.
     *
     * @return whether it was added
     */
    boolean add(BillingEvent event);

    /**
     * Adds a notification.
     *
     * @return its number among those of its source, from 1 without gaps
     */
    long add(Notification notification);

    @Override
    EventTransaction events();

    @Override
    BillingTransaction billing();

    @Override
    PlatformTransaction platform();

    /**
     * Takes a scheduled job that is due, or was never saved. Who takes it also saves its next due time: until this
     * transaction ends, everybody else waits, and then finds what was saved.
     *
     * @return whether it is due
     */
    boolean claim(String job, Instant now);

    /** Saves when a scheduled job is due, by name. */
    void save(DueJob job);
}
