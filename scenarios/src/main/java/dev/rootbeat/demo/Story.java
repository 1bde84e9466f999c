package dev.rootbeat.demo;

import static dev.rootbeat.demo.Checks.check;
import static dev.rootbeat.demo.Checks.expect;
import static dev.rootbeat.demo.Device.thumbprint;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The life of a fleet, step by step: bootstrap, seal, renew, update, transfer, revoke, delete. After every step the
 * certificates are read from the devices and validated by somebody who trusts the Root CA alone.
 */
final class Story {

    private final Operator operator;
    private final Fleet fleet;
    private final Patience patience;
    private final Screen screen;
    private final InstantSource clock;
    private final Checks checks;
    private final List<Device> all;
    private final List<Device> deleted;
    private final List<Device> revoked;
    private final List<Device> transferred;
    private final Domain domain;
    private final RootCa factory;
    private final RootCa field;

    /** Begins a story; in the end a quarter of the fleet each is as it was, deleted, revoked and transferred. */
    Story(
            Operator operator,
            Fleet fleet,
            Patience patience,
            Screen screen,
            Checks checks,
            InstantSource clock,
            Domain domain) {
        this.operator = operator;
        this.fleet = fleet;
        this.patience = patience;
        this.screen = screen;
        this.clock = clock;
        this.checks = checks;
        this.all = fleet.devices();
        int quarter = all.size() / 4;
        this.deleted = all.subList(quarter, 2 * quarter);
        this.revoked = all.subList(2 * quarter, 3 * quarter);
        this.transferred = all.subList(3 * quarter, all.size());
        this.domain = domain;
        this.factory = domain.factory();
        this.field = domain.field();
    }

    /** Tells all of it, or throws {@link DemoFailure} where it goes wrong. */
    void tell() {
        screen.step("Modules start and bootstrap", this::bootstrap);
        screen.step("Hosts seal them, first keys and certificates", this::seal);
        Map<String, Host.Answer> again = new ConcurrentHashMap<>();
        screen.step("Renew", () -> renew(again));
        screen.step("Hosts force another heartbeat at once", () -> refused(again));
        screen.step("Update, first heartbeat", this::updateFirst);
        screen.step("Update, second heartbeat, which comes by itself", this::updateSecond);
        screen.step("Transfer to Root CA " + field.name(), this::transfer);
        screen.step("Revoke", this::revoke);
        screen.step("Renew what was revoked", this::renewRevoked);
        screen.step("Delete", this::delete);
    }

    /** How a device should be in the end. */
    Ending ending(Device device) {
        if (deleted.contains(device)) {
            return Ending.DELETED;
        }
        if (revoked.contains(device)) {
            return Ending.REVOKED;
        }
        return transferred.contains(device) ? Ending.TRANSFERRED : Ending.KEPT;
    }

    private String bootstrap() {
        fleet.each(all, screen, device -> {
            expect("0,0,0", patience.get(device.host().powerOn()), "the status before the first contact");
            checks.awaitStatus(device, "1,0,1");
        });
        return "0,0,0 -> 1,0,1 for "
                + Fleet.PRODUCTS.stream()
                        .map(product -> all.stream()
                                        .filter(device -> device.product() == product)
                                        .count()
                                + " " + product)
                        .collect(Collectors.joining(", "));
    }

    private String seal() {
        fleet.each(all, screen, device -> {
            String serial = "DEMO-" + (all.indexOf(device) + 1);
            expect(
                    "OK",
                    patience.get(device.host().seal(domain.profile(), serial)).result(),
                    "the seal");
            checks.awaitStatus(device, "1,1,1");
            checks.awaitEffect(device, "PROVISION");
        });
        RelyingParty party = checks.relyingParty(factory);
        fleet.each(all, screen, device -> device.remember(checks.validated(device, party)));
        return "1,0,1 -> 1,1,1, " + valid(all, factory);
    }

    private String renew(Map<String, Host.Answer> again) {
        checks.order("renew", all, Map.of());
        fleet.each(all, screen, device -> {
            again.put(device.uid(), checks.heartbeat(device, Host::connect));
            checks.awaitEffect(device, "RENEW");
        });
        checks.verifyNew(all, checks.relyingParty(factory), 1, false);
        return "1 heartbeat each, new serial numbers, same keys, " + valid(all, factory);
    }

    private String refused(Map<String, Host.Answer> again) {
        again.forEach((uid, answer) -> expect(Checks.TOO_EARLY, answer.result(), "AT+USECCONN of " + uid));
        return "the guard refuses all " + again.size() + ", " + Checks.TOO_EARLY;
    }

    private String updateFirst() {
        checks.order("update", all, Map.of());
        fleet.each(all, screen, device -> {
            Optional<X509Certificate> between = checks.heartbeat(device, Host::certificate);
            expect(Optional.of(device.present()), between, "the certificate after the first heartbeat");
        });
        return "each generates a new key and still uses the old one, the first device "
                + thumbprint(all.getFirst().present());
    }

    private String updateSecond() {
        String before = thumbprint(all.getFirst().present());
        fleet.each(all, screen, device -> checks.awaitEffect(device, "UPDATE"));
        checks.verifyNew(all, checks.relyingParty(factory), 2, true);
        return "2 heartbeats each, new keys, the first device " + before + " -> "
                + thumbprint(all.getFirst().present()) + ", " + valid(all, factory);
    }

    private String transfer() {
        checks.order("rootca/transfer", transferred, Map.of("RootCAID", field.id()));
        fleet.each(transferred, screen, device -> {
            checks.heartbeat(device, Host::status);
            checks.awaitEffect(device, "TRANSFER");
        });
        checks.verifyNew(transferred, checks.relyingParty(field), 1, false);
        return "1 heartbeat each, same keys, " + valid(transferred, field);
    }

    private String revoke() {
        RelyingParty before = checks.relyingParty(factory);
        checks.order("revoke", revoked, Map.of("Reason", "KEY_COMPROMISE"));
        RelyingParty after = checks.relyingParty(factory);
        fleet.each(revoked, screen, device -> {
            checks.awaitEffect(device, "REVOKE");
            X509Certificate certificate = checks.read(device);
            expect(device.present(), certificate, "the certificate in the device");
            expect(Optional.empty(), before.problem(certificate, clock.instant()), "validation by the list before");
            expect(Optional.of("REVOKED"), after.problem(certificate, clock.instant()), "validation by the new list");
            expect(0, device.heartbeats(), "heartbeats with orders");
        });
        expect(revoked.size(), after.entries(), "entries in the revocation list");
        check(after.crlNumber().compareTo(before.crlNumber()) > 0, "the number of the revocation list has not grown");
        return "no heartbeat, " + revoked.size() + " are in CRL " + after.crlNumber()
                + ", stay in their devices, and fail validation";
    }

    private String renewRevoked() {
        Map<String, String> refusals = operator.order("renew", Checks.uids(revoked), Map.of());
        expect(
                revoked.stream().collect(Collectors.toMap(Device::uid, _ -> "REVOKED")),
                refusals,
                "renewing what was revoked");
        return "refused for all " + refusals.size() + ", "
                + refusals.get(revoked.getFirst().uid());
    }

    private String delete() {
        checks.order("delete", deleted, Map.of());
        fleet.each(deleted, screen, device -> {
            checks.heartbeat(device, Host::status);
            checks.awaitEffect(device, "DELETE");
            expect(Optional.empty(), patience.get(device.host().certificate()), "the certificate in the device");
            expect(1, device.heartbeats(), "heartbeats until then");
        });
        return "1 heartbeat each, " + deleted.size() + " hold neither key nor certificate";
    }

    private static String valid(List<Device> devices, RootCa rootCa) {
        return devices.size() + " of " + devices.size() + " valid under " + rootCa.name();
    }
}
