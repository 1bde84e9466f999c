package dev.rootbeat.server.api;

import static dev.rootbeat.server.api.Json.text;
import static dev.rootbeat.server.api.Json.textOrNull;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.api.Json.DeviceAnswer;
import dev.rootbeat.server.model.DeviceProfile;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.View;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Device profiles and their whitelists. */
final class ProfileCalls {

    /** 22 of these carry 128 bits; none is mistaken for another when a person copies it. */
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    private static final int UID_LENGTH = 22;

    private static final String UID = "DeviceProfileUID";
    private static final String NAME = "DeviceProfileName";
    private static final String ROOT_CA = "RootCAID";
    private static final String WHITELIST_CHECK = "WhitelistCheck";
    private static final String PLAN = "Plan";

    private final Services services;

    ProfileCalls(Services services) {
        this.services = services;
    }

    Map<String, Api.Call> calls() {
        return Map.of(
                "/v1/deviceprofile/create", this::create,
                "/v1/deviceprofile/update", this::update,
                "/v1/plan/deviceprofile/set", this::update,
                "/v1/deviceprofile/get", this::get,
                "/v1/deviceprofile/list", this::list,
                "/v1/deviceprofile/whitelist/add",
                        (caller, body) -> whitelist(caller, body, Transaction::addToWhitelist),
                "/v1/deviceprofile/whitelist/remove",
                        (caller, body) -> whitelist(caller, body, Transaction::removeFromWhitelist),
                "/v1/deviceprofile/whitelist/list", this::whitelisted);
    }

    private ApiAnswer create(Domain caller, JsonNode body) {
        var bare = new DeviceProfile(drawUid(), caller.id(), "", null, true, Plan.DEVELOPER);
        return services.store().write(tx -> save(tx, bare, body)).join();
    }

    /** Devices that are sealed already keep what they got. */
    private ApiAnswer update(Domain caller, JsonNode body) {
        return services.store()
                .write(tx -> ofCaller(tx, caller, body)
                        .map(present -> save(tx, present, body))
                        .orElseGet(ProfileCalls::unknown))
                .join();
    }

    /** Saves a profile with the changes that a body names. */
    private static ApiAnswer save(Transaction tx, DeviceProfile present, JsonNode body) {
        String rootCa = body.has(ROOT_CA) ? textOrNull(body, ROOT_CA) : present.rootCa();
        if (!isUsable(tx, present.domain(), rootCa)) {
            return new ApiAnswer.Failure(ApiError.notFound(ROOT_CA, "the domain has no such Root CA"));
        }
        var changed = new DeviceProfile(
                present.uid(),
                present.domain(),
                body.has(NAME) ? text(body, NAME) : present.name(),
                rootCa,
                body.has(WHITELIST_CHECK) ? body.get(WHITELIST_CHECK).asBoolean() : present.whitelistCheck(),
                body.has(PLAN) ? Plan.valueOf(text(body, PLAN)) : present.plan());
        tx.save(changed);
        return new ApiAnswer.Success(show(changed));
    }

    private static boolean isUsable(View view, String domain, @Nullable String rootCa) {
        return rootCa == null
                || view.rootCa(rootCa)
                        .filter(found -> found.domain().equals(domain))
                        .isPresent();
    }

    private ApiAnswer get(Domain caller, JsonNode body) {
        return services.store()
                .read(view -> ofCaller(view, caller, body))
                .<ApiAnswer>map(profile -> new ApiAnswer.Success(show(profile)))
                .orElseGet(ProfileCalls::unknown);
    }

    private ApiAnswer list(Domain caller, JsonNode body) {
        Page page = Page.of(body);
        return page.answer(
                "DeviceProfiles",
                services.store()
                        .read(view -> view.lists()
                                .profiles(caller.id(), textOrNull(body, ROOT_CA), page.cursor(), page.wanted())),
                ProfileCalls::show,
                DeviceProfile::uid);
    }

    private static ObjectNode show(DeviceProfile profile) {
        return Json.object()
                .put(UID, profile.uid())
                .put(NAME, profile.name())
                .put(ROOT_CA, profile.rootCa())
                .put(WHITELIST_CHECK, profile.whitelistCheck())
                .put(PLAN, profile.plan().name());
    }

    private static Optional<DeviceProfile> ofCaller(View view, Domain caller, JsonNode body) {
        return view.profile(text(body, UID)).filter(found -> found.domain().equals(caller.id()));
    }

    private static ApiAnswer unknown() {
        return new ApiAnswer.Failure(ApiError.notFound(UID, "the domain has no such device profile"));
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
        Optional<DeviceProfile> profile = services.store().read(view -> ofCaller(view, caller, body));
        if (profile.isEmpty()) {
            return unknown();
        }
        return Json.perDevice(
                body,
                devices -> services.store()
                        .write(tx -> {
                            devices.forEach(
                                    device -> change.apply(tx, profile.get().uid(), device));
                            return devices.stream()
                                    .map(_ -> DeviceAnswer.ACCEPTED)
                                    .toList();
                        })
                        .join());
    }

    private ApiAnswer whitelisted(Domain caller, JsonNode body) {
        Page page = Page.of(body);
        return services.store().read(view -> {
            Optional<DeviceProfile> profile = ofCaller(view, caller, body);
            if (profile.isEmpty()) {
                return unknown();
            }
            return page.answer(
                    "RoTPublicUIDs",
                    view.lists().whitelist(profile.get().uid(), page.after(RotPublicUid::parse), page.wanted()),
                    uid -> Json.string(uid.toString()),
                    RotPublicUid::toString);
        });
    }
}
