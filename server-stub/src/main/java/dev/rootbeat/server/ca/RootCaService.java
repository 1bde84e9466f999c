package dev.rootbeat.server.ca;

import dev.rootbeat.server.model.Consent;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.PlatformSettings;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Creates, changes and shows the Root CAs of domains (requirements, section 6). */
public final class RootCaService {

    private final Store store;
    private final InstantSource clock;
    private final CertificateAuthority authority;
    private final Supplier<String> ids;
    private final UnaryOperator<Crl> shown;

    /**
     * Assembles the service.
     *
     * @param ids draws the ids of Root CAs and the codes of consents
     * @param shown makes of a revocation list what is shown: as a rule the same; faults attach here
     */
    public RootCaService(
            Store store,
            InstantSource clock,
            CertificateAuthority authority,
            Supplier<String> ids,
            UnaryOperator<Crl> shown) {
        this.store = store;
        this.clock = clock;
        this.authority = authority;
        this.ids = ids;
        this.shown = shown;
    }

    /** What became of a call. */
    public sealed interface Outcome {

        /** The Root CA as it is now. */
        record Done(RootCa rootCa) implements Outcome {}

        /** The domain has {@value RootCa#MAX_PER_DOMAIN} already. */
        record TooMany() implements Outcome {}

        /** It cannot be deleted. */
        record InUse(RootCaUse use) implements Outcome {}

        /** The domain has no such Root CA. */
        record Unknown() implements Outcome {}

        /** The settings contradict each other or the limits. */
        record Impossible(RootCaSettings.Problem problem) implements Outcome {}
    }

    /**
     * Creates a Root CA.
     *
     * @param validity how long it lives
     * @param deviceValidity how long its certificates live
     * @param renewalWindow the life left below which the server renews; null for never
     */
    public CompletableFuture<Outcome> create(
            String domain, String name, Duration validity, Duration deviceValidity, @Nullable Duration renewalWindow) {
        return create(domain, name, validity, deviceValidity, renewalWindow, PlatformSettings.DEFAULT);
    }

    /** Creates a Root CA whose certificates are used on these IoT platforms; see above. */
    public CompletableFuture<Outcome> create(
            String domain,
            String name,
            Duration validity,
            Duration deviceValidity,
            @Nullable Duration renewalWindow,
            PlatformSettings platform) {
        Optional<RootCaSettings.Problem> problem =
                RootCaSettings.problem(name, validity, deviceValidity, renewalWindow);
        if (problem.isPresent()) {
            return CompletableFuture.completedFuture(new Outcome.Impossible(problem.get()));
        }
        return store.write(tx -> {
            if (tx.rootCas(domain).size() >= RootCa.MAX_PER_DOMAIN) {
                return new Outcome.TooMany();
            }
            Instant now = clock.instant();
            RootCa created = authority
                    .create(ids.get(), domain, name, validity, deviceValidity, renewalWindow, now)
                    .with(platform);
            tx.save(created);
            RevocationLists.renew(tx, authority, created.id(), now);
            return new Outcome.Done(created);
        });
    }

    /** Changes the settings of a Root CA; a running fleet follows at its next heartbeats. */
    public CompletableFuture<Outcome> update(
            String domain,
            String id,
            Duration deviceValidity,
            @Nullable Duration renewalWindow,
            RootCa.State state,
            PlatformSettings platform) {
        Optional<RootCaSettings.Problem> problem = RootCaSettings.problem(deviceValidity, renewalWindow);
        if (problem.isPresent()) {
            return CompletableFuture.completedFuture(new Outcome.Impossible(problem.get()));
        }
        return store.write(tx -> {
            Optional<RootCa> found =
                    tx.rootCa(id).filter(rootCa -> rootCa.domain().equals(domain));
            if (found.isEmpty()) {
                return new Outcome.Unknown();
            }
            RootCa changed = found.get()
                    .withSettings(deviceValidity, renewalWindow, state)
                    .with(platform);
            tx.save(changed);
            return new Outcome.Done(changed);
        });
    }

    /** Deletes a Root CA that nothing needs any more; what it signed stays on record. */
    public CompletableFuture<Outcome> delete(String domain, String id) {
        return store.write(tx -> {
            Optional<RootCa> found =
                    tx.rootCa(id).filter(rootCa -> rootCa.domain().equals(domain));
            if (found.isEmpty()) {
                return new Outcome.Unknown();
            }
            Optional<RootCaUse> use = RootCaUse.of(tx, found.get(), clock.instant());
            if (use.isPresent()) {
                return new Outcome.InUse(use.get());
            }
            tx.deleteRootCa(id);
            return new Outcome.Done(found.get());
        });
    }

    /** Returns a Root CA's present revocation list; one that has run out is signed anew first. */
    public CompletableFuture<Optional<Crl>> crl(String id) {
        Optional<Crl> present =
                store.read(view -> view.crl(id)).filter(crl -> clock.instant().isBefore(crl.nextUpdate()));
        CompletableFuture<Optional<Crl>> fresh = present.isPresent()
                ? CompletableFuture.completedFuture(present)
                : store.write(
                        tx -> tx.rootCa(id).map(rootCa -> RevocationLists.renew(tx, authority, id, clock.instant())));
        return fresh.thenApply(crl -> crl.map(shown));
    }

    /** Creates a one-time code that lets another domain transfer devices to this Root CA. */
    public CompletableFuture<Optional<Consent>> consent(String domain, String id) {
        return store.write(tx -> tx.rootCa(id)
                .filter(rootCa -> rootCa.domain().equals(domain))
                .map(rootCa -> {
                    var consent = new Consent(ids.get(), id, false);
                    tx.save(consent);
                    return consent;
                }));
    }

    /**
     * Withdraws a consent that waits to be used.
     *
     * @return whether one of the domain's Root CAs had it
     */
    public CompletableFuture<Boolean> withdraw(String domain, String code) {
        return store.write(tx -> {
            Optional<Consent> consent = tx.consent(code)
                    .filter(found -> !found.used())
                    .filter(found -> tx.rootCa(found.rootCa())
                            .filter(rootCa -> rootCa.domain().equals(domain))
                            .isPresent());
            consent.ifPresent(found -> tx.save(new Consent(code, found.rootCa(), true)));
            return consent.isPresent();
        });
    }
}
