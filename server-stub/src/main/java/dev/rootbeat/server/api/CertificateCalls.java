package dev.rootbeat.server.api;

import static dev.rootbeat.server.api.Json.instantOrNull;
import static dev.rootbeat.server.api.Json.text;
import static dev.rootbeat.server.api.Json.textOrNull;

import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.api.Json.DeviceAnswer;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.device.OperationService;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import dev.rootbeat.server.store.Lists.CertificateFilter;
import dev.rootbeat.server.store.Lists.CertificatePlace;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Operations on the certificates of devices. */
final class CertificateCalls {

    private static final Comparator<IssuedCertificate> BY_END = Comparator.comparing(IssuedCertificate::notAfter)
            .thenComparing(certificate -> certificate.fingerprint().hex());

    private final Services services;

    CertificateCalls(Services services) {
        this.services = services;
    }

    Map<String, Api.Call> calls() {
        return Map.of(
                "/v1/ztp/devicecertificate/create",
                (caller, body) -> instruct(caller, body, new Instruction.Provision(text(body, "RootCAID"))),
                "/v1/ztp/devicecertificate/renew",
                (caller, body) -> instruct(caller, body, new Instruction.Renew()),
                "/v1/ztp/devicecertificate/update",
                (caller, body) -> instruct(caller, body, new Instruction.Update()),
                "/v1/ztp/devicecertificate/delete",
                (caller, body) -> instruct(caller, body, new Instruction.Delete()),
                "/v1/ztp/devicecertificate/revoke",
                (caller, body) -> instruct(caller, body, new Instruction.Revoke(reason(body))),
                "/v1/ztp/devicecertificate/rootca/transfer",
                (caller, body) -> instruct(
                        caller,
                        body,
                        new Instruction.Transfer(text(body, "RootCAID"), textOrNull(body, "ConsentCode"))),
                "/v1/ztp/devicecertificate/get",
                this::get,
                "/v1/ztp/devicecertificate/list",
                this::list);
    }

    static Revocation.Reason reason(JsonNode body) {
        return body.has("Reason") ? Revocation.Reason.valueOf(text(body, "Reason")) : Revocation.Reason.UNSPECIFIED;
    }

    private ApiAnswer instruct(Domain caller, JsonNode body, Instruction instruction) {
        return Json.perDevice(
                body,
                devices -> services.operations().instruct(caller.id(), instruction, devices).join().stream()
                        .map(CertificateCalls::answer)
                        .toList());
    }

    static DeviceAnswer answer(OperationService.Answer answer) {
        return answer.error() == null
                ? DeviceAnswer.ACCEPTED
                : new DeviceAnswer(answer.error().name(), answer.error().sentence());
    }

    private ApiAnswer get(Domain caller, JsonNode body) {
        RotPublicUid uid = RotPublicUid.parse(text(body, "RoTPublicUID"));
        return services.store().read(view -> {
            Optional<Device> device = view.device(uid).filter(found -> DeviceCalls.belongsTo(found, caller));
            if (device.isEmpty()) {
                return DeviceCalls.unknown();
            }
            ObjectNode answer = Json.object().put("RoTPublicUID", uid.toString());
            ArrayNode certificates = answer.putArray("Certificates");
            view.certificates(uid)
                    .forEach(one -> certificates.add(show(one).put("Certificate", Pem.certificate(one.certificate()))));
            ArrayNode operations = answer.putArray("Operations");
            view.operations(uid).forEach(operation -> operations.add(show(operation)));
            return new ApiAnswer.Success(answer);
        });
    }

    /** What the caller's Root CAs have signed, or one of them; what ends first comes first. */
    private ApiAnswer list(Domain caller, JsonNode body) {
        var filter = new CertificateFilter(
                body.has("State") ? IssuedCertificate.State.valueOf(text(body, "State")) : null,
                instantOrNull(body, "ExpiresBefore"));
        String wanted = textOrNull(body, "RootCAID");
        Page page = Page.of(body);
        CertificatePlace after = page.after(CertificateCalls::place);
        return services.store().read(view -> {
            List<String> issuers = view.rootCas(caller.id()).stream()
                    .map(RootCa::id)
                    .filter(id -> wanted == null || wanted.equals(id))
                    .toList();
            if (wanted != null && issuers.isEmpty()) {
                return RootCaCalls.unknown();
            }
            // Each has at most a page, and there are at most 15.
            List<IssuedCertificate> found = issuers.stream()
                    .flatMap(id -> view.lists().certificates(id, filter, after, page.wanted()).stream())
                    .sorted(BY_END)
                    .limit(page.wanted())
                    .toList();
            return page.answer(
                    "Certificates",
                    found,
                    one -> show(one).put("RoTPublicUID", one.device().toString()),
                    CertificateCalls::cursor);
        });
    }

    private static String cursor(IssuedCertificate certificate) {
        Instant end = certificate.notAfter();
        return end.getEpochSecond() + "." + end.getNano() + "."
                + certificate.fingerprint().hex();
    }

    private static CertificatePlace place(String cursor) {
        String[] parts = cursor.split("\\.", -1);
        return new CertificatePlace(
                Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1])), Bytes.ofHex(parts[2]));
    }

    private static ObjectNode show(IssuedCertificate certificate) {
        ObjectNode shown = Json.object();
        shown.put("SerialNumber", certificate.serialNumber().toString(16))
                .put("RootCAID", certificate.issuer())
                .put("State", certificate.state().name())
                .put("NotBefore", certificate.notBefore().toString())
                .put("NotAfter", certificate.notAfter().toString());
        Revocation revocation = certificate.revocation();
        if (revocation != null) {
            shown.put("RevokedAt", revocation.at().toString())
                    .put("RevocationReason", revocation.reason().name());
        }
        return shown;
    }

    static ObjectNode show(Operation operation) {
        ObjectNode shown = Json.object();
        shown.put("Operation", operation.kind().name())
                .put("State", operation.state().name());
        ArrayNode history = shown.putArray("History");
        for (Operation.Change change : operation.history()) {
            ObjectNode step = history.addObject()
                    .put("State", change.state().name())
                    .put("At", change.at().toString());
            if (change.reason() != null) {
                step.put("Reason", change.reason());
            }
        }
        return shown;
    }
}
