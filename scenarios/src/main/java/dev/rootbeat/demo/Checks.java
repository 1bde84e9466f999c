package dev.rootbeat.demo;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the demonstration makes things happen and finds out whether they did. Every method throws {@link DemoFailure}. */
final class Checks {

    /** What {@code AT+USECCONN} answers within the guard interval: the module's default. */
    static final String TOO_EARLY = "+CME ERROR: 3";

    private final Operator operator;
    private final Fleet fleet;
    private final Patience patience;
    private final Screen screen;
    private final InstantSource clock;

    Checks(Operator operator, Fleet fleet, Patience patience, Screen screen, InstantSource clock) {
        this.operator = operator;
        this.fleet = fleet;
        this.patience = patience;
        this.screen = screen;
        this.clock = clock;
    }

    /** Fails unless two things are the same. */
    static void expect(@Nullable Object expected, @Nullable Object found, String what) {
        if (!Objects.equals(expected, found)) {
            throw new DemoFailure(what + ": expected " + shown(expected) + ", found " + shown(found));
        }
    }

    /** Fails with the sentence unless all is well. */
    static void check(boolean well, String otherwise) {
        if (!well) {
            throw new DemoFailure(otherwise);
        }
    }

    /** Orders an operation that must be accepted for every device, and counts their heartbeats from here. */
    void order(String operation, List<Device> devices, Map<String, String> more) {
        devices.forEach(Device::countFromHere);
        expect(Map.of(), operator.order(operation, uids(devices), more), operation + ", devices refused");
    }

    /**
     * Forces a heartbeat as soon as the guard interval allows, and asks the module something in the same instant that it
     * is over.
     */
    <T> T heartbeat(Device device, Function<Host, CompletableFuture<T>> rightAfter) {
        Host host = device.host();
        return patience.await(
                () -> patience.get(host.connect().thenCompose(answer -> {
                    if (answer.result().equals(TOO_EARLY)) {
                        return CompletableFuture.completedFuture(Optional.<T>empty());
                    }
                    expect("OK", answer.result(), "AT+USECCONN");
                    return rightAfter.apply(host).thenApply(Optional::of);
                })),
                () -> "a forced heartbeat is still refused by the guard");
    }

    /** Waits until the module shows a status. */
    void awaitStatus(Device device, String status) {
        patience.await(
                () -> Optional.of(patience.get(device.host().status())).filter(status::equals),
                () -> "AT+USECDEVINFO? shows " + patience.get(device.host().status()) + " and not " + status
                        + "; its module's last result was: " + device.lastResult());
    }

    /** Waits until an operation is effective for a device. */
    void awaitEffect(Device device, String kind) {
        patience.await(
                () -> operator.operation(device.uid(), kind).filter(state -> {
                    if (state.startsWith("FAILED")) {
                        throw new DemoFailure(kind + " is " + state);
                    }
                    return state.startsWith("EFFECTIVE");
                }),
                () -> kind + " is " + operator.operation(device.uid(), kind).orElse("unknown")
                        + "; its module's last result was: " + device.lastResult());
    }

    /** Who trusts a Root CA, with its present revocation list. */
    RelyingParty relyingParty(RootCa rootCa) {
        return RelyingParty.of(rootCa.name(), operator.rootCa(rootCa.id()), operator.crl(rootCa.id()), clock.instant());
    }

    /** Reads the certificate of a device, which must have one that names it. */
    X509Certificate read(Device device) {
        X509Certificate certificate = patience.get(device.host().certificate())
                .orElseThrow(() -> new DemoFailure("the device has no certificate"));
        expect("CN=" + device.uid(), certificate.getSubjectX500Principal().getName(), "the subject");
        return certificate;
    }

    /** Reads the certificate of a device, which must be valid for the party, and the device's key fit it. */
    X509Certificate validated(Device device, RelyingParty party) {
        X509Certificate certificate = read(device);
        party.problem(certificate, clock.instant()).ifPresent(problem -> {
            throw new DemoFailure("its certificate is not valid under " + party.name() + ": " + problem);
        });
        check(
                RelyingParty.fits(patience.get(device.host().privateKey()), certificate),
                "its private key is not that of its certificate");
        return certificate;
    }

    /**
     * Validates new certificates and holds them against the ones before.
     *
     * @param heartbeats how many it may have taken, exactly
     * @param newKey whether the key must be another, or the same
     */
    void verifyNew(List<Device> devices, RelyingParty party, int heartbeats, boolean newKey) {
        fleet.each(devices, screen, device -> {
            X509Certificate before = device.present();
            X509Certificate after = validated(device, party);
            expect(heartbeats, device.heartbeats(), "heartbeats until then");
            boolean isNewKey = !after.getPublicKey().equals(before.getPublicKey());
            check(newKey == isNewKey, isNewKey ? "its key has changed" : "its key is still the old one");
            check(
                    !after.getSerialNumber().equals(before.getSerialNumber()),
                    "its certificate is still the old one, though the server takes the operation for effective");
            check(ends(after).isAfter(ends(before)), "its certificate does not end later than the one before");
            device.remember(after);
        });
    }

    static List<String> uids(List<Device> devices) {
        return devices.stream().map(Device::uid).toList();
    }

    private static Instant ends(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    /** Certificates print as pages. */
    private static String shown(@Nullable Object thing) {
        return switch (thing) {
            case null -> "none";
            case Optional<?> optional -> shown(optional.orElse(null));
            case X509Certificate certificate ->
                "certificate " + certificate.getSerialNumber().toString(16);
            default -> thing.toString();
        };
    }
}
