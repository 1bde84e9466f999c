package dev.rootbeat.conformance.model;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.store.View;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a server's data with what its devices were seen to do, at a moment when every device has reported: nothing
 * is lost, nothing is signed, billed or told twice (protocol, section 5, promises 4 and 6).
 */
public final class Books {

    private final View view;
    private final Set<String> billed = new HashSet<>();
    private final Set<RotPublicUid> cloned;
    private final Map<String, Integer> told = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private Books(View view, Set<RotPublicUid> cloned) {
        this.view = view;
        this.cloned = cloned;
    }

    /**
     * Returns what is wrong with the books; nothing if they balance.
     *
     * @param used for each device the fingerprints of the certificates that it has used
     * @param cloned the devices under whose names others have spoken
     */
    public static List<String> problems(
            View view, Map<RotPublicUid, ? extends Set<Bytes>> used, Set<RotPublicUid> cloned) {
        var books = new Books(view, cloned);
        books.bills();
        books.notifications();
        used.forEach(books::device);
        return books.problems;
    }

    /**
     * Returns what devices still owe, and where they and the server do not agree on the certificate in use.
     *
     * @param present for each device the fingerprint of the certificate that it uses, if it uses one
     */
    public static List<String> disagreements(View view, Map<RotPublicUid, Optional<Bytes>> present) {
        var problems = new ArrayList<String>();
        present.forEach((uid, fingerprint) -> {
            if (!view.openOperations(uid).isEmpty()) {
                problems.add(uid + ": still owes an operation (promise 6)");
            }
            List<Bytes> effective = view.certificates(uid).stream()
                    .filter(certificate -> certificate.state() == IssuedCertificate.State.EFFECTIVE)
                    .map(IssuedCertificate::fingerprint)
                    .toList();
            if (!effective.equals(fingerprint.stream().toList())) {
                problems.add(uid + ": device and server do not agree on the certificate in use (promise 6)");
            }
        });
        return problems;
    }

    private void bills() {
        for (BillingEvent event : view.billingEvents()) {
            if (!billed.add(key(event.issuer(), event.serialNumber()))) {
                problems.add("certificate " + event.serialNumber().toString(16) + " is billed twice (promise 4)");
            }
        }
    }

    private void notifications() {
        for (Notification notification : view.notifications()) {
            switch (notification.kind()) {
                case CLONE_SUSPECTED -> {
                    RotPublicUid device = Objects.requireNonNull(notification.device());
                    if (!cloned.contains(device)) {
                        problems.add(device + ": a clone is suspected: " + notification.subject());
                    }
                }
                case CERTIFICATE_ISSUED, CERTIFICATE_RENEWED, CERTIFICATE_UPDATED, CERTIFICATE_TRANSFERRED ->
                    told.merge(Objects.requireNonNull(notification.subject()), 1, Integer::sum);
                case DEVICE_BOOTSTRAPPED,
                        DEVICE_SEALED,
                        DEVICE_BLACKLISTED,
                        PLAN_LIMIT_REACHED,
                        CERTIFICATE_DELETED,
                        CERTIFICATE_REVOKED,
                        CERTIFICATE_EXPIRING,
                        CERTIFICATE_EXPIRED,
                        OPERATION_FAILED,
                        ROOT_CA_EXPIRING -> {}
            }
        }
    }

    private void device(RotPublicUid uid, Set<Bytes> used) {
        Optional<Device> device = view.device(uid);
        if (device.isEmpty()) {
            problems.add(uid + ": is lost");
            return;
        }
        if (device.get().frozen() != null) {
            problems.add(uid + ": is frozen");
        }
        List<IssuedCertificate> certificates = view.certificates(uid);
        var onRecord = new HashSet<Bytes>();
        var answered = new HashSet<String>();
        for (IssuedCertificate certificate : certificates) {
            onRecord.add(certificate.fingerprint());
            String name = uid + ": certificate " + certificate.serialNumber().toString(16);
            boolean tookEffect = used.contains(certificate.fingerprint());
            effects(certificate, tookEffect, name);
            if (tookEffect) {
                certificate.operations().stream()
                        .filter(operation -> !answered.add(operation))
                        .forEach(operation -> problems.add(name + " answers an operation that was answered before"));
            }
        }
        used.stream()
                .filter(fingerprint -> !onRecord.contains(fingerprint))
                .forEach(fingerprint -> problems.add(uid + ": used a certificate that is not on record"));
        signedTwice(uid, certificates);
    }

    private void effects(IssuedCertificate certificate, boolean tookEffect, String name) {
        boolean isBilled = billed.contains(key(certificate.issuer(), certificate.serialNumber()));
        if (isBilled && !tookEffect) {
            problems.add(name + " is billed and never took effect (promise 4)");
        }
        if (tookEffect && certificate.billedAs() != null && !isBilled) {
            problems.add(name + " took effect and is not billed (promise 4)");
        }
        int times = told.getOrDefault(certificate.serialNumber().toString(16), 0);
        // One that was adopted was told by a server that does not remember it.
        boolean adopted = certificate.operations().isEmpty();
        if (!adopted && times != (tookEffect ? 1 : 0)) {
            problems.add(name + (tookEffect ? " took effect" : " never took effect") + " and was told " + times
                    + " times (promise 4)");
        }
    }

    /** A certificate that a device has not confirmed is sent again, not signed anew (requirements, section 5). */
    private void signedTwice(RotPublicUid uid, List<IssuedCertificate> certificates) {
        for (int i = 1; i < certificates.size(); i++) {
            IssuedCertificate earlier = certificates.get(i - 1);
            IssuedCertificate later = certificates.get(i);
            if (earlier.state() == IssuedCertificate.State.SUPERSEDED
                    && earlier.revocation() == null
                    && earlier.issuer().equals(later.issuer())
                    && earlier.publicKey().equals(later.publicKey())
                    && hasMostOfItsLife(earlier, later.notBefore())) {
                problems.add(uid + ": certificate " + later.serialNumber().toString(16)
                        + " was signed while another on the same key waited to be confirmed");
            }
        }
    }

    private static boolean hasMostOfItsLife(IssuedCertificate certificate, Instant at) {
        Duration life = Duration.between(certificate.notBefore(), certificate.notAfter());
        return Duration.between(at, certificate.notAfter())
                        .compareTo(life.dividedBy(4).multipliedBy(3))
                > 0;
    }

    private static String key(String issuer, BigInteger serialNumber) {
        return issuer + " " + serialNumber;
    }
}
