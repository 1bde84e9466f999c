package dev.rootbeat.demo;

import static dev.rootbeat.demo.Checks.expect;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Validates every device once more in the end, for the table and the folder. */
final class Summary {

    static final List<String> TITLES =
            List.of("device", "product", "serial number of certificate", "issuer", "valid until", "verdict");

    private static final String NONE = "-";

    private final Checks checks;
    private final Patience patience;
    private final Keepsakes keepsakes;
    private final InstantSource clock;

    Summary(Checks checks, Patience patience, Keepsakes keepsakes, InstantSource clock) {
        this.checks = checks;
        this.patience = patience;
        this.keepsakes = keepsakes;
        this.clock = clock;
    }

    /** The rows of the table, if every device is as it should be; else throws {@link DemoFailure}. */
    List<List<String>> rows(List<Device> devices, Story story, Domain domain) {
        RelyingParty factory = checks.relyingParty(domain.factory());
        RelyingParty field = checks.relyingParty(domain.field());
        keepsakes.rootCa(factory);
        keepsakes.rootCa(field);
        return devices.stream()
                .map(device -> switch (story.ending(device)) {
                    case KEPT -> valid(device, Ending.KEPT, factory);
                    case TRANSFERRED -> valid(device, Ending.TRANSFERRED, field);
                    case REVOKED -> revoked(device, factory);
                    case DELETED -> deleted(device);
                })
                .toList();
    }

    private List<String> valid(Device device, Ending ending, RelyingParty issuer) {
        return row(device, checks.validated(device, issuer), issuer, ending);
    }

    private List<String> revoked(Device device, RelyingParty issuer) {
        X509Certificate certificate = checks.read(device);
        expect(Optional.of("REVOKED"), issuer.problem(certificate, clock.instant()), device.uid());
        return row(device, certificate, issuer, Ending.REVOKED);
    }

    private List<String> deleted(Device device) {
        expect(Optional.empty(), patience.get(device.host().certificate()), device.uid());
        return List.of(device.uid(), device.product().toString(), NONE, NONE, NONE, Ending.DELETED.verdict());
    }

    private List<String> row(Device device, X509Certificate certificate, RelyingParty issuer, Ending ending) {
        keepsakes.device(device.uid(), certificate);
        return List.of(
                device.uid(),
                device.product().toString(),
                certificate.getSerialNumber().toString(16),
                issuer.name(),
                certificate
                        .getNotAfter()
                        .toInstant()
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString(),
                ending.verdict());
    }
}
