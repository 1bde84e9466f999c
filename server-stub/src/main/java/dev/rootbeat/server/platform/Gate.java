package dev.rootbeat.server.platform;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.Registration;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.View;
import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which certificates may log in to the server's own platform. That a certificate is one of a Root CA follows from
 * its registration: it is found by the fingerprint of what the Root CA signed.
 */
public final class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final Store store;
    private final InstantSource clock;

    /** Judges by what a store holds, at the time that a clock tells. */
    public Gate(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What becomes of a login. */
    public sealed interface Verdict {

        /** It is let in. */
        record Admitted(Registration registration) implements Verdict {}

        /**
         * It is kept out.
         *
         * @param why the rest of a sentence that begins with the certificate
         */
        record Refused(String why) implements Verdict {}
    }

    /** Judges a certificate whose key its holder has proven to have. */
    public Verdict judge(X509Certificate certificate) {
        try {
            Bytes fingerprint = Bytes.of(certificate.getEncoded()).sha256();
            Instant now = clock.instant();
            return store.read(view -> judge(view, certificate, fingerprint, now));
        } catch (CertificateEncodingException e) {
            return new Verdict.Refused("cannot be read");
        }
    }

    /** Notes the first login of a registration. */
    void noteLogin(Registration registration) {
        if (registration.state() != Registration.State.REGISTERED) {
            return;
        }
        var _ = store.write(tx -> {
                    Optional<Registration> first = tx.platform()
                            .registration(registration.fingerprint())
                            .filter(present -> present.state() == Registration.State.REGISTERED);
                    first.ifPresent(present -> tx.platform().save(present.activated(clock.instant())));
                    return first;
                })
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        LOG.error("the first login of {} could not be noted", registration.device(), failure);
                    }
                });
    }

    private static Verdict judge(View view, X509Certificate certificate, Bytes fingerprint, Instant now) {
        Optional<Registration> found = view.platform().registration(fingerprint);
        if (found.isEmpty()) {
            return new Verdict.Refused("is not registered");
        }
        Registration registration = found.get();
        if (registration.state() == Registration.State.DISABLED) {
            return new Verdict.Refused("is disabled");
        }
        Optional<RootCa> rootCa = view.rootCa(registration.issuer());
        if (rootCa.isEmpty()) {
            return new Verdict.Refused("is of a Root CA that was deleted");
        }
        boolean isValid = !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant())
                && !now.isAfter(rootCa.get().notAfter());
        if (!isValid) {
            return new Verdict.Refused("is not valid at " + now);
        }
        if (rootCa.get().platform().checkCrl() && isListed(view, registration)) {
            return new Verdict.Refused("is revoked");
        }
        return new Verdict.Admitted(registration);
    }

    private static boolean isListed(View view, Registration registration) {
        return view.crl(registration.issuer())
                .map(crl -> parse(crl.der()).getRevokedCertificate(registration.serialNumber()))
                .isPresent();
    }

    private static X509CRL parse(Bytes der) {
        try {
            return (X509CRL)
                    CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der.toArray()));
        } catch (CertificateException | CRLException e) {
            throw new IllegalStateException("a revocation list of our own is read by every Java platform", e);
        }
    }
}
