package dev.rootbeat.server.api;

import static dev.rootbeat.server.api.Json.text;
import static dev.rootbeat.server.api.Json.textOrNull;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.api.Json.DeviceAnswer;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.store.Transaction;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Device profiles and their whitelists. */
final class ProfileCalls {

    /** 22 of these carry 128 bits; none is mistaken for another when a person copies it. */
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    private static final int UID_LENGTH = 22;

    private final Services services;

    ProfileCalls(Services services) {
        this.services = services;
    }

    Map<String, Api.Call> calls() {
        return Map.of(
                "/v1/deviceprofile/create", this::create,
                "/v1/deviceprofile/whitelist/add",
                        (caller, body) -> whitelist(caller, body, Transaction::addToWhitelist),
                "/v1/deviceprofile/whitelist/remove",
                        (caller, body) -> whitelist(caller, body, Transaction::removeFromWhitelist));
    }

    private ApiAnswer create(Domain caller, JsonNode body) {
        String rootCa = textOrNull(body, "RootCAID");
        if (rootCa != null
                && services.store()
                        .read(view -> view.rootCa(rootCa))
                        .filter(found -> found.domain().equals(caller.id()))
                        .isEmpty()) {
            return new ApiAnswer.Failure(ApiError.notFound("RootCAID", "the domain has no such Root CA"));
        }
        var profile = new DeviceProfile(
                drawUid(),
                caller.id(),
                text(body, "DeviceProfileName"),
                rootCa,
                !body.has("WhitelistCheck") || body.get("WhitelistCheck").asBoolean(),
                body.has("Plan") ? Plan.valueOf(text(body, "Plan")) : Plan.DEVELOPER);
        services.store()
                .write(tx -> {
                    tx.save(profile);
                    return profile;
                })
                .join();
        return new ApiAnswer.Success(Json.object().put("DeviceProfileUID", profile.uid()));
    }

    private String drawUid() {
        var uid = new StringBuilder();
        for (int i = 0; i < UID_LENGTH; i++) {
            uid.append(ALPHABET.charAt(services.random().nextInt(ALPHABET.length())));
        }
        return uid.toString();
    }

    /** What a call does to a whitelist. */
    private interface Change {
        void apply(Transaction tx, String profileUid, RotPublicUid device);
    }

    private ApiAnswer whitelist(Domain caller, JsonNode body, Change change) {
        String uid = text(body, "DeviceProfileUID");
        Optional<DeviceProfile> profile = services.store()
                .read(view -> view.profile(uid))
                .filter(found -> found.domain().equals(caller.id()));
        if (profile.isEmpty()) {
            return new ApiAnswer.Failure(
                    ApiError.notFound("DeviceProfileUID", "the domain has no such device profile"));
        }
        return Json.perDevice(
                body,
                devices -> services.store()
                        .write(tx -> {
                            devices.forEach(device -> change.apply(tx, uid, device));
                            return devices.stream()
                                    .map(_ -> DeviceAnswer.ACCEPTED)
                                    .toList();
                        })
                        .join());
    }
}
