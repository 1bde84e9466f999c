package dev.rootbeat.conformance.explain;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.View;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server keeps on record about a device. */
final class Records {

    private static final int ALL = Integer.MAX_VALUE;

    private final View view;
    private final RotPublicUid device;

    private Records(View view, RotPublicUid device) {
        this.view = view;
        this.device = device;
    }

    /** All of it, kind by kind, each oldest first. */
    static List<Fact> of(View view, RotPublicUid device) {
        var records = new Records(view, device);
        return Stream.of(
                        records.operations(),
                        records.certificates(),
                        view.billingEvents().stream()
                                .filter(event -> event.device().equals(device))
                                .map(event -> new Fact.Billed(
                                        event.at(), event.serialNumber().toString(16), event.kind())),
                        view.notifications().stream()
                                .filter(one -> device.equals(one.device()))
                                .map(one -> new Fact.Told(one.at(), one.kind(), one.subject())),
                        view.billing().planChanges(device).stream()
                                .map(change -> new Fact.Chosen(change.at(), change.plan())),
                        records.invoices())
                .<Fact>flatMap(facts -> facts)
                .toList();
    }

    /** The device that a certificate was issued to, as far as it was ever reported or billed. */
    static Optional<RotPublicUid> holder(View view, String serial) {
        return view.notifications().stream()
                .filter(one -> serial.equals(one.subject()) && one.device() != null)
                .map(one -> Objects.requireNonNull(one.device()))
                .findFirst()
                .or(() -> view.billingEvents().stream()
                        .filter(event -> event.serialNumber().toString(16).equals(serial))
                        .map(event -> event.device())
                        .findFirst());
    }

    private Stream<Fact> operations() {
        return view.operations(device).stream()
                .flatMap(operation -> operation.history().stream().map(change -> stepped(operation, change)));
    }

    private static Fact stepped(Operation operation, Operation.Change change) {
        return new Fact.Stepped(change.at(), operation.id(), operation.kind(), change.state(), change.reason());
    }

    private Stream<Fact> certificates() {
        return view.certificates(device).stream().flatMap(certificate -> {
            String serial = certificate.serialNumber().toString(16);
            String rootCa = view.rootCa(certificate.issuer()).map(RootCa::name).orElse("a Root CA that is gone");
            Fact signed = new Fact.Signed(signedAt(certificate), serial, rootCa);
            return Stream.concat(
                    Stream.of(signed),
                    Stream.ofNullable(certificate.revocation())
                            .map(revocation -> new Fact.Revoked(
                                    revocation.at(), serial, revocation.reason().name())));
        });
    }

    /** It is handed out when it is signed, as a rule; in itself it tells the second. */
    private Instant signedAt(IssuedCertificate certificate) {
        Instant second = certificate.notBefore().plus(CertificateAuthority.BACKDATING);
        return view.operations(device).stream()
                .filter(operation -> certificate.operations().contains(operation.id()))
                .flatMap(operation -> operation.history().stream())
                .filter(change -> change.state() == Operation.State.DELIVERED)
                .map(Operation.Change::at)
                .filter(at -> at.truncatedTo(ChronoUnit.SECONDS).equals(second))
                .findFirst()
                .orElse(second);
    }

    private Stream<Fact> invoices() {
        List<String> domains = Stream.concat(
                        view.device(device).map(Device::claim).map(Device.Claim::domain).stream(),
                        view.billing().planChanges(device).stream().map(change -> change.domain()))
                .distinct()
                .toList();
        var facts = new ArrayList<Fact>();
        for (String domain : domains) {
            for (Invoice invoice : view.billing().invoices(domain, 1, ALL)) {
                for (JsonNode line :
                        JsonMapper.shared().readTree(invoice.json()).path("Lines")) {
                    if (line.path("RoTPublicUID").asString().equals(device.toString())) {
                        facts.add(line(invoice, line));
                    }
                }
            }
        }
        return facts.stream();
    }

    private static Fact line(Invoice invoice, JsonNode line) {
        String parts = line.path("Plan").asString() + " month "
                + line.path("MonthAmount").asLong()
                + part(line, "Renewals", "RenewPrice")
                + part(line, "Updates", "UpdatePrice")
                + part(line, "Transfers", "TransferPrice");
        return new Fact.Invoiced(
                invoice.raisedAt(),
                invoice.domain() + "/" + invoice.number(),
                LocalDate.parse(line.path("Start").asString()),
                LocalDate.parse(line.path("End").asString()),
                line.path("Amount").asLong() + " " + invoice.currency(),
                parts);
    }

    private static String part(JsonNode line, String count, String price) {
        int times = line.path(count).asInt();
        return times == 0
                ? ""
                : ", " + times + " " + count.toLowerCase(Locale.ROOT) + " at "
                        + line.path(price).asLong();
    }

    /** The ids of the operations that a certificate answers. */
    static List<String> operations(View view, RotPublicUid device, String serial) {
        return view.certificates(device).stream()
                .filter(certificate -> certificate.serialNumber().toString(16).equals(serial))
                .map(IssuedCertificate::operations)
                .flatMap(List::stream)
                .toList();
    }
}
