package dev.rootbeat.server.api;

import static dev.rootbeat.server.api.Json.text;

import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Registration;
import dev.rootbeat.server.platform.PlatformAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The server's own IoT platform: which certificates it knows, and which of them it lets in. */
final class PlatformCalls {

    private static final String FINGERPRINT = "Fingerprint";

    private final Services services;

    PlatformCalls(Services services) {
        this.services = services;
    }

    Map<String, Api.Call> calls() {
        return Map.of(
                "/v1/platform/get",
                this::get,
                "/v1/platform/registration/list",
                this::list,
                "/v1/platform/registration/disable",
                (caller, body) -> each(caller, body, Registration::disabled),
                "/v1/platform/registration/enable",
                (caller, body) -> each(caller, body, Registration::enabled));
    }

    private ApiAnswer get(Domain caller, JsonNode body) {
        PlatformAddress platform = services.platform();
        return platform == null
                ? new ApiAnswer.Failure(ApiError.notFound(null, "this server was started without a platform"))
                : new ApiAnswer.Success(Json.object()
                        .put("Host", platform.host())
                        .put("Port", platform.port())
                        .put("Certificate", Pem.certificate(platform.ca())));
    }

    private ApiAnswer list(Domain caller, JsonNode body) {
        RotPublicUid device = body.has("RoTPublicUID") ? RotPublicUid.parse(text(body, "RoTPublicUID")) : null;
        Registration.State state = body.has("State") ? Registration.State.valueOf(text(body, "State")) : null;
        Page page = Page.of(body);
        Bytes after = page.after(Bytes::ofHex);
        return page.answer(
                "Registrations",
                services.store()
                        .read(view -> view.platform().registrations(caller.id(), device, state, after, page.wanted())),
                PlatformCalls::show,
                registration -> registration.fingerprint().hex());
    }

    /** Changes what the caller has, all in one transaction, and answers per fingerprint. */
    private ApiAnswer each(Domain caller, JsonNode body, UnaryOperator<Registration> change) {
        return services.store()
                .write(tx -> {
                    ObjectNode answer = Json.object();
                    ArrayNode results = answer.putArray("Results");
                    for (JsonNode fingerprint : body.get("Fingerprints")) {
                        Optional<Registration> found = tx.platform()
                                .registration(Bytes.ofHex(fingerprint.asString()))
                                .filter(registration -> registration.domain().equals(caller.id()));
                        found.ifPresent(registration -> tx.platform().save(change.apply(registration)));
                        ObjectNode result = results.addObject()
                                .put(FINGERPRINT, fingerprint.asString())
                                .put("Accepted", found.isPresent());
                        if (found.isEmpty()) {
                            result.put("Error", "UNKNOWN_REGISTRATION")
                                    .put("Message", "the domain has no such registration");
                        }
                    }
                    return (ApiAnswer) new ApiAnswer.Success(answer);
                })
                .join();
    }

    private static ObjectNode show(Registration registration) {
        ObjectNode shown = Json.object()
                .put(FINGERPRINT, registration.fingerprint().hex())
                .put("RoTPublicUID", registration.device().toString())
                .put("RootCAID", registration.issuer())
                .put("SerialNumber", registration.serialNumber().toString(16))
                .put("State", registration.state().name())
                .put("RegisteredAt", registration.registeredAt().toString());
        if (registration.firstLogin() != null) {
            shown.put("FirstLogin", registration.firstLogin().toString());
        }
        return shown;
    }
}
