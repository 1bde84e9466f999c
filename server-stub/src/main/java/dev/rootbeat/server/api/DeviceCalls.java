package dev.rootbeat.server.api;

import static dev.rootbeat.server.api.Json.text;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.api.Json.DeviceAnswer;
import dev.rootbeat.server.device.OperationError;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Domain;
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
                .map(DeviceCalls::show)
                .orElseGet(DeviceCalls::unknown);
    }

    private static ApiAnswer show(Device device) {
        ObjectNode shown = Json.object()
                .put("RoTPublicUID", device.uid().toString())
                .put("Product", device.product())
                .put("Firmware", device.firmware())
                .put("Standing", device.standing().name())
                .put("Plan", device.plan().name())
                .put("Provisioned", device.managed().provisioned());
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
        return new ApiAnswer.Success(shown);
    }
}
