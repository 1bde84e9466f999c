package dev.rootbeat.server.api;

import static dev.rootbeat.server.api.Json.seconds;
import static dev.rootbeat.server.api.Json.secondsOrNull;
import static dev.rootbeat.server.api.Json.text;

import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.server.ca.RootCaService.Outcome;
import dev.rootbeat.server.ca.RootCaSettings.Problem;
import dev.rootbeat.server.ca.RootCaSettings.Setting;
import dev.rootbeat.server.ca.RootCaUse;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.PlatformSettings;
import dev.rootbeat.server.model.RootCa;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Root CAs and their revocation lists. */
final class RootCaCalls {

    private static final String NAME = "RootCAName";
    private static final String VALIDITY = "ValiditySeconds";
    private static final String WINDOW = "AutomaticRenewalWindowSeconds";
    private static final String DEVICE_VALIDITY = "DeviceCertificateValiditySeconds";

    private static final String PLATFORMS = "Platforms";
    private static final String CHECKS_CRL = "PlatformChecksCRL";

    private final Services services;

    RootCaCalls(Services services) {
        this.services = services;
    }

    Map<String, Api.Call> calls() {
        return Map.of(
                "/v1/ztp/rootca/create", this::create,
                "/v1/ztp/rootca/list", this::list,
                "/v1/ztp/rootca/delete", this::delete,
                "/v1/ztp/rootca/update", this::update,
                "/v1/ztp/rootca/get",
                        (caller, body) -> ofCaller(caller, body, rootCa -> new ApiAnswer.Success(show(rootCa))),
                "/v1/ztp/rootca/crl/get", (caller, body) -> ofCaller(caller, body, this::crl),
                "/v1/ztp/rootca/devices/get", (caller, body) -> ofCaller(caller, body, this::devices),
                "/v1/ztp/rootca/devices/revoke",
                        (caller, body) -> ofCaller(caller, body, rootCa -> revokeAll(rootCa, body)),
                "/v1/ztp/rootca/consent/create", this::consent,
                "/v1/ztp/rootca/consent/delete", this::withdraw);
    }

    private ApiAnswer create(Domain caller, JsonNode body) {
        Optional<ApiAnswer> unknown = unknownPlatform(body);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        return answer(services.rootCas()
                .create(
                        caller.id(),
                        text(body, NAME),
                        seconds(body, VALIDITY),
                        seconds(body, DEVICE_VALIDITY),
                        secondsOrNull(body, WINDOW),
                        platform(body, PlatformSettings.DEFAULT))
                .join());
    }

    private ApiAnswer update(Domain caller, JsonNode body) {
        Optional<ApiAnswer> unknown = unknownPlatform(body);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        return ofCaller(
                caller,
                body,
                present -> answer(services.rootCas()
                        .update(
                                caller.id(),
                                present.id(),
                                body.has(DEVICE_VALIDITY) ? seconds(body, DEVICE_VALIDITY) : present.deviceValidity(),
                                body.has(WINDOW) ? secondsOrNull(body, WINDOW) : present.renewalWindow(),
                                body.has("State") ? RootCa.State.valueOf(text(body, "State")) : present.state(),
                                platform(body, present.platform()))
                        .join()));
    }

    private Optional<ApiAnswer> unknownPlatform(JsonNode body) {
        SortedSet<String> known = services.platforms().names();
        return body.path(PLATFORMS)
                .valueStream()
                .map(JsonNode::asString)
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name -> new ApiAnswer.Failure(
                        ApiError.badField(PLATFORMS, "there is no platform " + name + ", but there are " + known)));
    }

    private static PlatformSettings platform(JsonNode body, PlatformSettings present) {
        return new PlatformSettings(
                body.has(PLATFORMS)
                        ? body.get(PLATFORMS)
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList()
                        : present.platforms(),
                body.has(CHECKS_CRL) ? body.get(CHECKS_CRL).asBoolean() : present.checkCrl());
    }

    private static ApiAnswer answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(RootCa rootCa) -> new ApiAnswer.Success(show(rootCa));
            case Outcome.TooMany _ ->
                new ApiAnswer.Failure(new ApiError(
                        409,
                        ErrorCode.TOO_MANY_ROOT_CAS,
                        null,
                        "a domain has at most " + RootCa.MAX_PER_DOMAIN + " Root CAs"));
            case Outcome.InUse(RootCaUse use) ->
                new ApiAnswer.Failure(new ApiError(409, ErrorCode.ROOT_CA_IN_USE, "RootCAID", use.sentence()));
            case Outcome.Unknown _ -> unknown();
            case Outcome.Impossible(Problem(Setting setting, String reason)) ->
                new ApiAnswer.Failure(ApiError.badField(field(setting), reason));
        };
    }

    private static String field(Setting setting) {
        return switch (setting) {
            case NAME -> NAME;
            case VALIDITY -> VALIDITY;
            case DEVICE_VALIDITY -> DEVICE_VALIDITY;
            case RENEWAL_WINDOW -> WINDOW;
        };
    }

    static ApiAnswer unknown() {
        return new ApiAnswer.Failure(ApiError.notFound("RootCAID", "the domain has no such Root CA"));
    }

    private ApiAnswer ofCaller(Domain caller, JsonNode body, Function<RootCa, ApiAnswer> then) {
        Optional<RootCa> rootCa = services.store()
                .read(view -> view.rootCa(text(body, "RootCAID")))
                .filter(found -> found.domain().equals(caller.id()));
        return rootCa.map(then).orElseGet(RootCaCalls::unknown);
    }

    private ApiAnswer list(Domain caller, JsonNode body) {
        ObjectNode shown = Json.object();
        ArrayNode rootCas = shown.putArray("RootCAs");
        services.store().read(view -> view.rootCas(caller.id())).forEach(rootCa -> rootCas.add(show(rootCa)));
        return new ApiAnswer.Success(shown);
    }

    private ApiAnswer delete(Domain caller, JsonNode body) {
        return answer(
                services.rootCas().delete(caller.id(), text(body, "RootCAID")).join());
    }

    private static ObjectNode show(RootCa rootCa) {
        ObjectNode shown = Json.object()
                .put("RootCAID", rootCa.id())
                .put(NAME, rootCa.name())
                .put("State", rootCa.state().name())
                .put("NotAfter", rootCa.notAfter().toString())
                .put(DEVICE_VALIDITY, rootCa.deviceValidity().toSeconds())
                .put("Certificate", Pem.certificate(rootCa.certificate()));
        rootCa.platform().platforms().forEach(shown.putArray(PLATFORMS)::add);
        shown.put(CHECKS_CRL, rootCa.platform().checkCrl());
        if (rootCa.renewalWindow() == null) {
            shown.putNull(WINDOW);
        } else {
            shown.put(WINDOW, rootCa.renewalWindow().toSeconds());
        }
        return shown;
    }

    private ApiAnswer crl(RootCa rootCa) {
        Crl crl = services.rootCas().crl(rootCa.id()).join().orElseThrow();
        return new ApiAnswer.Success(Json.object()
                .put("RootCAID", rootCa.id())
                .put("CRLNumber", crl.number())
                .put("NextUpdate", crl.nextUpdate().toString())
                .put("CRL", Pem.crl(crl.der())));
    }

    private ApiAnswer devices(RootCa rootCa) {
        ObjectNode shown = Json.object().put("RootCAID", rootCa.id());
        ArrayNode uids = shown.putArray("RoTPublicUIDs");
        services.devices().holding(rootCa.domain(), rootCa.id()).forEach(uid -> uids.add(uid.toString()));
        return new ApiAnswer.Success(shown);
    }

    private ApiAnswer revokeAll(RootCa rootCa, JsonNode body) {
        ObjectNode shown = Json.object();
        ArrayNode results = shown.putArray("Results");
        services.operations()
                .revokeAllOf(rootCa.domain(), rootCa.id(), new Instruction.Revoke(CertificateCalls.reason(body)))
                .join()
                .forEach(one -> Json.add(results, one.device().toString(), CertificateCalls.answer(one)));
        return new ApiAnswer.Success(shown);
    }

    private ApiAnswer withdraw(Domain caller, JsonNode body) {
        String code = text(body, "ConsentCode");
        return services.rootCas().withdraw(caller.id(), code).join()
                ? new ApiAnswer.Success(Json.object().put("ConsentCode", code))
                : new ApiAnswer.Failure(ApiError.notFound("ConsentCode", "the domain has no such unused consent"));
    }

    private ApiAnswer consent(Domain caller, JsonNode body) {
        return services.rootCas()
                .consent(caller.id(), text(body, "RootCAID"))
                .join()
                .<ApiAnswer>map(consent -> new ApiAnswer.Success(Json.object().put("ConsentCode", consent.code())))
                .orElseGet(RootCaCalls::unknown);
    }
}
