package dev.rootbeat.conformance.world;

import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.View;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every revoked certificate that has not expired is on the revocation list of its Root CA from the transaction on that
 * revoked it, nothing else is but what was revoked, the list is signed by the Root CA, and its number grows
 * (requirements, section 6; protocol, section 5.8).
 */
final class RevocationPromises implements StorePromises {

    private final P256 p256;
    private final InstantSource serverClock;
    private final Consumer<String> broken;

    /** The highest number of each Root CA's lists that anybody has seen; a backup does not take it back. */
    private final Map<String, Long> numbers;

    private final Map<String, Set<BigInteger>> listed = new LinkedHashMap<>();
    /** The Root CAs that were created. */
    private final Set<String> rootCas = new LinkedHashSet<>();

    private int seen;

    /** Begins before there is a Root CA. */
    RevocationPromises(P256 p256, InstantSource serverClock, Consumer<String> broken) {
        this(p256, serverClock, broken, new LinkedHashMap<>());
    }

    private RevocationPromises(
            P256 p256, InstantSource serverClock, Consumer<String> broken, Map<String, Long> numbers) {
        this.p256 = p256;
        this.serverClock = serverClock;
        this.broken = broken;
        this.numbers = numbers;
    }

    @Override
    public RevocationPromises copy() {
        var copy = new RevocationPromises(p256, serverClock, broken, numbers);
        copy.seen = seen;
        copy.listed.putAll(listed);
        copy.rootCas.addAll(rootCas);
        return copy;
    }

    /** There is a new Root CA. */
    void created(String rootCa) {
        rootCas.add(rootCa);
    }

    @Override
    public void written(View view) {
        for (String id : rootCas) {
            Optional<Crl> present = view.crl(id);
            // What has run out is signed anew before anybody is shown it, so it is if a backup was put in place.
            if (present.isPresent()
                    && !Objects.equals(present.get().number(), numbers.get(id))
                    && serverClock.instant().isBefore(present.get().nextUpdate())) {
                signed(view, view.rootCa(id).orElseThrow(), present.get());
            }
        }
        List<Notification> notifications = view.notifications();
        for (; seen < notifications.size(); seen++) {
            Notification notification = notifications.get(seen);
            if (notification.kind() == Notification.Kind.CERTIFICATE_REVOKED) {
                var serial = new BigInteger(Objects.requireNonNull(notification.subject()), 16);
                if (listed.values().stream().noneMatch(list -> list.contains(serial))) {
                    broken.accept("certificate " + serial.toString(16) + " is revoked and on no revocation list");
                }
            }
        }
    }

    private void signed(View view, RootCa rootCa, Crl crl) {
        Long before = numbers.put(rootCa.id(), crl.number());
        if (before != null && crl.number() < before) {
            broken.accept("the revocation list of " + rootCa + " has number " + crl.number() + " after " + before
                    + " (promise 8)");
        }
        Set<BigInteger> present = read(rootCa, crl.der());
        Set<BigInteger> revoked = new HashSet<>();
        for (IssuedCertificate certificate : view.revokedCertificates(rootCa.id())) {
            revoked.add(certificate.serialNumber());
            if (serverClock.instant().isBefore(certificate.notAfter())
                    && !present.contains(certificate.serialNumber())) {
                broken.accept("certificate " + certificate.serialNumber().toString(16)
                        + " is revoked and not on the revocation list of " + rootCa);
            }
        }
        if (!revoked.containsAll(present)) {
            broken.accept("the revocation list of " + rootCa + " has what was never revoked");
        }
        listed.put(rootCa.id(), present);
    }

    private Set<BigInteger> read(RootCa rootCa, Bytes der) {
        Set<BigInteger> serials = new HashSet<>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var list = (X509CRL) factory.generateCRL(new ByteArrayInputStream(der.toArray()));
            var issuer = (X509Certificate) factory.generateCertificate(
                    new ByteArrayInputStream(rootCa.certificate().toArray()));
            if (!p256.verify(issuer.getPublicKey(), list.getTBSCertList(), list.getSignature())) {
                broken.accept("the revocation list of " + rootCa + " is not signed by it");
            }
            if (list.getRevokedCertificates() != null) {
                for (X509CRLEntry entry : list.getRevokedCertificates()) {
                    serials.add(entry.getSerialNumber());
                }
            }
        } catch (GeneralSecurityException e) {
            broken.accept("the revocation list of " + rootCa + " cannot be read: " + e.getMessage());
        }
        return serials;
    }

    @Override
    public void end(View view) {}
}
