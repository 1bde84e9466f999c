package dev.rootbeat.server.api;

import static dev.rootbeat.server.api.Json.instantOrNull;
import static dev.rootbeat.server.api.Json.text;
import static dev.rootbeat.server.api.Json.textOrNull;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.api.Json.DeviceAnswer;
import dev.rootbeat.server.device.OperationError;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.store.Lists.DeviceFilter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Devices as such. */
final class DeviceCalls {

    private final Services services;

    DeviceCalls(Services services) {
        this.services = services;
    }

    Map<String, Api.Call> calls() {
        return Map.of(
                "/v1/device/get", this::get,
                "/v1/device/list", this::list,
                "/v1/device/history", this::history,
                "/v1/device/unblock", (caller, body) -> each(caller, body, services.devices()::unblock),
                "/v1/device/resolve", (caller, body) -> each(caller, body, services.devices()::resolve));
    }

    static boolean belongsTo(Device device, Domain domain) {
        return device.claim() != null && device.claim().domain().equals(domain.id());
    }

    static ApiAnswer unknown() {
        return new ApiAnswer.Failure(ApiError.notFound("RoTPublicUID", OperationError.UNKNOWN_DEVICE.sentence()));
    }

    private ApiAnswer each(
            Domain caller, JsonNode body, BiFunction<String, RotPublicUid, CompletableFuture<Boolean>> change) {
        return Json.perDevice(
                body,
                devices -> devices.stream()
                        .map(device -> change.apply(caller.id(), device).join()
                                ? DeviceAnswer.ACCEPTED
                                : new DeviceAnswer(
                                        OperationError.UNKNOWN_DEVICE.name(), OperationError.UNKNOWN_DEVICE.sentence()))
                        .toList());
    }

    private ApiAnswer get(Domain caller, JsonNode body) {
        return services.store()
                .read(view -> view.device(RotPublicUid.parse(text(body, "RoTPublicUID"))))
                .filter(device -> belongsTo(device, caller))
                .<ApiAnswer>map(device -> new ApiAnswer.Success(show(device)))
                .orElseGet(DeviceCalls::unknown);
    }

    private ApiAnswer list(Domain caller, JsonNode body) {
        var filter = new DeviceFilter(
                body.has("Standing") ? Device.Standing.valueOf(text(body, "Standing")) : null,
                textOrNull(body, "RootCAID"),
                textOrNull(body, "DeviceProfileUID"),
                body.has("Frozen") ? body.get("Frozen").asBoolean() : null,
                instantOrNull(body, "LastHeartbeatBefore"),
                instantOrNull(body, "LastHeartbeatSince"),
                instantOrNull(body, "CertificateExpiresBefore"));
        Page page = Page.of(body);
        return page.answer(
                "Devices",
                services.store()
                        .read(view -> view.lists()
                                .devices(caller.id(), filter, page.after(RotPublicUid::parse), page.wanted())),
                DeviceCalls::show,
                device -> device.uid().toString());
    }

    /** The cursor of a history is how many operations came before: none of them ever goes away. */
    private ApiAnswer history(Domain caller, JsonNode body) {
        RotPublicUid uid = RotPublicUid.parse(text(body, "RoTPublicUID"));
        Page page = Page.of(body);
        int before = page.cursor() == null ? 0 : Integer.parseInt(page.cursor());
        return services.store()
                .read(view -> view.device(uid)
                        .filter(device -> belongsTo(device, caller))
                        .map(_ -> page.answer(
                                "Operations",
                                view.lists().operations(uid, before, page.wanted()),
                                CertificateCalls::show,
                                _ -> Integer.toString(before + page.limit())))
                        .orElseGet(DeviceCalls::unknown));
    }

    private static ObjectNode show(Device device) {
        ObjectNode shown = Json.object()
                .put("RoTPublicUID", device.uid().toString())
                .put("Product", device.product())
                .put("Firmware", device.firmware())
                .put("Standing", device.standing().name())
                .put("Plan", device.plan().name())
                .put("Provisioned", device.managed().provisioned());
        if (device.managed().issuer() != null) {
            shown.put("RootCAID", device.managed().issuer());
        }
        if (device.claim() != null) {
            shown.put("DeviceProfileUID", device.claim().profileUid())
                    .put("SerialNumber", device.claim().serial());
        }
        if (device.last() != null) {
            shown.put("LastHeartbeat", device.last().at().toString());
        }
        if (device.frozen() != null) {
            shown.put("Frozen", device.frozen());
        }
        return shown;
    }
}
