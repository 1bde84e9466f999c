package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Consent;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.DueJob;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.PlatformSettings;
import dev.rootbeat.server.model.Registration;
import dev.rootbeat.server.model.RootCa;
import java.util.List;

/** The tables of flat values. */
final class Tables {

    static final Table<Domain> DOMAIN = new Table<>(
            "domain",
            List.of("id"),
            List.of("id", "name", "api_key", "api_secret_digest"),
            (domain, to) -> to.text(domain.id())
                    .text(domain.name())
                    .text(domain.apiKey())
                    .blob(domain.apiSecretDigest()),
            from -> new Domain(from.text(), from.text(), from.text(), from.blob()));

    static final Table<DeviceProfile> PROFILE = new Table<>(
            "profile",
            List.of("uid"),
            List.of("uid", "domain", "name", "root_ca", "whitelist_check", "plan"),
            (profile, to) -> to.text(profile.uid())
                    .text(profile.domain())
                    .text(profile.name())
                    .text(profile.rootCa())
                    .flag(profile.whitelistCheck())
                    .name(profile.plan()),
            from -> new DeviceProfile(
                    from.text(), from.text(), from.text(), from.textOrNull(), from.flag(), from.name(Plan.class)));

    static final Table<RootCa> ROOT_CA = new Table<>(
            "root_ca",
            List.of("id"),
            List.of(
                    "id",
                    "domain",
                    "name",
                    "device_validity",
                    "renewal_window",
                    "state",
                    "certificate",
                    "private_key",
                    "not_after",
                    "expiry_notified",
                    "platforms",
                    "crl_check"),
            (rootCa, to) -> to.text(rootCa.id())
                    .text(rootCa.domain())
                    .text(rootCa.name())
                    .duration(rootCa.deviceValidity())
                    .duration(rootCa.renewalWindow())
                    .name(rootCa.state())
                    .blob(rootCa.certificate())
                    .blob(rootCa.privateKey())
                    .instant(rootCa.notAfter())
                    .flag(rootCa.expiryNotified())
                    .text(Json.ofTexts(rootCa.platform().platforms()))
                    .flag(rootCa.platform().checkCrl()),
            from -> new RootCa(
                    from.text(),
                    from.text(),
                    from.text(),
                    from.duration(),
                    from.durationOrNull(),
                    from.name(RootCa.State.class),
                    from.blob(),
                    from.blob(),
                    from.instant(),
                    from.flag(),
                    new PlatformSettings(Json.toTexts(from.text()), from.flag())));

    static final Table<Crl> CRL = new Table<>(
            "crl",
            List.of("root_ca"),
            List.of("root_ca", "number", "next_update", "der"),
            (crl, to) -> to.text(crl.rootCa())
                    .number(crl.number())
                    .instant(crl.nextUpdate())
                    .blob(crl.der()),
            from -> new Crl(from.text(), from.number(), from.instant(), from.blob()));

    static final Table<Consent> CONSENT = new Table<>(
            "consent",
            List.of("code"),
            List.of("code", "root_ca", "used"),
            (consent, to) -> to.text(consent.code()).text(consent.rootCa()).flag(consent.used()),
            from -> new Consent(from.text(), from.text(), from.flag()));

    static final Table<BillingEvent> BILLING_EVENT = new Table<>(
            "billing_event",
            List.of("issuer", "serial"),
            List.of("domain", "device", "kind", "issuer", "serial", "at"),
            (event, to) -> to.text(event.domain())
                    .uid(event.device())
                    .name(event.kind())
                    .text(event.issuer())
                    .serial(event.serialNumber())
                    .instant(event.at()),
            from -> new BillingEvent(
                    from.text(),
                    from.uid(),
                    from.name(Operation.Kind.class),
                    from.text(),
                    from.serial(),
                    from.instant()));

    static final Table<Notification> NOTIFICATION = new Table<>(
            "notification",
            List.of(),
            List.of("domain", "device", "kind", "subject", "at"),
            (notification, to) -> to.text(notification.domain())
                    .uid(notification.device())
                    .name(notification.kind())
                    .text(notification.subject())
                    .instant(notification.at()),
            from -> new Notification(
                    from.textOrNull(),
                    from.uidOrNull(),
                    from.name(Notification.Kind.class),
                    from.textOrNull(),
                    from.instant()));

    static final Table<DueJob> JOB = new Table<>(
            "job",
            List.of("name"),
            List.of("name", "due"),
            (job, to) -> to.text(job.name()).instant(job.due()),
            from -> new DueJob(from.text(), from.instant()));

    static final Table<Registration> REGISTRATION = new Table<>(
            "registration",
            List.of("fingerprint"),
            List.of("fingerprint", "domain", "issuer", "serial", "device", "state", "registered_at", "first_login"),
            (registration, to) -> to.blob(registration.fingerprint())
                    .text(registration.domain())
                    .text(registration.issuer())
                    .serial(registration.serialNumber())
                    .uid(registration.device())
                    .name(registration.state())
                    .instant(registration.registeredAt())
                    .instant(registration.firstLogin()),
            from -> new Registration(
                    from.blob(),
                    from.text(),
                    from.text(),
                    from.serial(),
                    from.uid(),
                    from.name(Registration.State.class),
                    from.instant(),
                    from.instantOrNull()));

    private Tables() {}
}
