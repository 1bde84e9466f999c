package dev.rootbeat.server.api;

import static dev.rootbeat.server.api.Json.text;
import static dev.rootbeat.server.api.Json.textOrNull;

import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.api.Json.DeviceAnswer;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.device.OperationService;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Revocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Operations on the certificates of devices. */
final class CertificateCalls {

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
                this::get);
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
            view.certificates(uid).forEach(certificate -> show(certificates.addObject(), certificate));
            ArrayNode operations = answer.putArray("Operations");
            view.operations(uid).forEach(operation -> show(operations.addObject(), operation));
            return new ApiAnswer.Success(answer);
        });
    }

    private static void show(ObjectNode shown, IssuedCertificate certificate) {
        shown.put("SerialNumber", certificate.serialNumber().toString(16))
                .put("RootCAID", certificate.issuer())
                .put("State", certificate.state().name())
                .put("NotBefore", certificate.notBefore().toString())
                .put("NotAfter", certificate.notAfter().toString())
                .put("Certificate", Pem.certificate(certificate.certificate()));
        Revocation revocation = certificate.revocation();
        if (revocation != null) {
            shown.put("RevokedAt", revocation.at().toString())
                    .put("RevocationReason", revocation.reason().name());
        }
    }

    private static void show(ObjectNode shown, Operation operation) {
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
    }
}
