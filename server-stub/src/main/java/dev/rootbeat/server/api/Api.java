package dev.rootbeat.server.api;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.AuditRecord;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.Domain;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every call of the REST interface, without HTTP: from a path, a token and a body to an answer. */
final class Api {

    /** The largest body, in octets: 10,000 RoTPublicUIDs fit twice. */
    static final int MAX_BODY = 512 * 1024;

    /** No call nests deeper than an object with a list. */
    private static final int MAX_NESTING = 8;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    /**
     * What became of a call.
     *
     * @param domain the domain that it is attributed to; null if to none, and then it is not in the audit log
     */
    record Outcome(ApiAnswer answer, @Nullable Domain domain) {

        static Outcome refused(@Nullable Domain domain, ApiError error) {
            return new Outcome(new ApiAnswer.Failure(error), domain);
        }
    }

    /** A call that a domain makes. */
    @FunctionalInterface
    interface Call {
        ApiAnswer answer(Domain caller, JsonNode body);
    }

    /** What a body comes to. */
    private sealed interface Read {

        /** It is as the contract says. */
        record Body(JsonNode json) implements Read {}

        /** It is not. */
        record Problem(ApiError error) implements Read {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private final Services services;
    private final Contract contract;
    private final Authentication authentication;
    private final Rates rates;
    private final Map<String, Call> calls = new TreeMap<>();

    Api(Services services, Contract contract, RestLimits limits) {
        this.services = services;
        this.contract = contract;
        this.authentication = new Authentication(services, limits);
        this.rates = new Rates(limits.callsPerSecond(), services.clock());
        calls.putAll(new ProfileCalls(services).calls());
        calls.putAll(new RootCaCalls(services).calls());
        calls.putAll(new CertificateCalls(services).calls());
        calls.putAll(new DeviceCalls(services).calls());
        calls.putAll(new KeyCalls(services).calls());
        calls.putAll(new PlatformCalls(services).calls());
        calls.putAll(new BillingCalls(services).calls());
        calls.putAll(new WebhookCalls(services).calls());
        calls.putAll(new AuditCalls(services).calls());
        requireSame(contract.paths());
    }

    /** What is promised is answered, and what is answered is promised. */
    private void requireSame(Set<String> promised) {
        var answered = new TreeSet<>(calls.keySet());
        answered.addAll(List.of(Authentication.AUTHENTICATE, Authentication.REFRESH));
        if (!answered.equals(promised)) {
            throw new IllegalStateException("the contract has " + promised + ", the code answers " + answered);
        }
    }

    Contract contract() {
        return contract;
    }

    /**
     * Answers a call. If it is attributed to a domain, the answer leaves when the audit log has it: a call of which that
     * log knows nothing has not been answered.
     */
    ApiAnswer call(ApiRequest request) {
        Outcome outcome;
        try {
            outcome = answer(request);
        } catch (RuntimeException e) {
            LOG.error("{} failed", request.path(), e);
            outcome = Outcome.refused(
                    authentication.attributed(request.authorization()).orElse(null), ApiError.internal());
        }
        if (outcome.domain() != null) {
            record(request, outcome.domain(), outcome.answer());
        }
        return outcome.answer();
    }

    private Outcome answer(ApiRequest request) {
        String path = request.path();
        if (path.equals(Authentication.AUTHENTICATE) || path.equals(Authentication.REFRESH)) {
            return switch (read(path, request.body())) {
                case Read.Problem(ApiError error) -> Outcome.refused(null, error);
                case Read.Body(JsonNode body) -> authentication.answer(path, body);
            };
        }
        Call call = calls.get(path);
        if (call == null) {
            return Outcome.refused(null, ApiError.notFound(null, "there is no call " + path));
        }
        // Who the caller is comes first: a stranger learns nothing about what a body should look like.
        Optional<Domain> caller = authentication.caller(request.authorization());
        if (caller.isEmpty()) {
            return Outcome.refused(
                    authentication.attributed(request.authorization()).orElse(null),
                    ApiError.unauthorized(
                            "the Authorization header must carry an AuthToken from /v1/authenticate that has not expired"));
        }
        Duration wait = rates.take(caller.get().id());
        if (wait.isPositive()) {
            return new Outcome(new ApiAnswer.TooMany(wait), null);
        }
        return switch (read(path, request.body())) {
            case Read.Problem(ApiError error) -> Outcome.refused(caller.get(), error);
            case Read.Body(JsonNode body) -> new Outcome(call.answer(caller.get(), body), caller.get());
        };
    }

    private void record(ApiRequest request, Domain domain, ApiAnswer answer) {
        String outcome = switch (answer) {
            case ApiAnswer.Success _ -> AuditRecord.OK;
            case ApiAnswer.Failure(ApiError error) -> error.code().name();
            case ApiAnswer.TooMany _ -> ErrorCode.TOO_MANY_REQUESTS.name();
        };
        var entry = new AuditRecord(
                domain.id(),
                domain.apiKey(),
                services.clock().instant(),
                request.path(),
                outcome,
                request.requestId(),
                request.address());
        services.store()
                .write(tx -> {
                    tx.audit().add(entry);
                    return true;
                })
                .join();
    }

    private Read read(String path, Bytes octets) {
        JsonNode body;
        try {
            body = JSON.readTree(octets.toArray());
        } catch (JacksonException e) {
            return new Read.Problem(unreadable(e));
        }
        if (body.isMissingNode()) {
            return new Read.Problem(ApiError.badField(ApiError.BODY, "is empty"));
        }
        return contract.problem(path, body)
                .or(() -> unstorable(body, ""))
                .<Read>map(Read.Problem::new)
                .orElseGet(() -> new Read.Body(body));
    }

    /** Finds a text that no store keeps. */
    private static Optional<ApiError> unstorable(JsonNode node, String place) {
        if (node.isString()) {
            return Json.isStorable(node.asString())
                    ? Optional.empty()
                    : Optional.of(ApiError.badField(place, "must not have NUL or lone surrogates"));
        }
        String before = place.isEmpty() ? "" : place + "/";
        Stream<Optional<ApiError>> within = node.isArray()
                ? IntStream.range(0, node.size()).mapToObj(at -> unstorable(node.get(at), before + at))
                : node.propertyStream().map(field -> unstorable(field.getValue(), before + field.getKey()));
        return within.flatMap(Optional::stream).findFirst();
    }

    /** The parser's own words name its classes and switches, so they are not shown. */
    private static ApiError unreadable(JacksonException e) {
        TokenStreamLocation where = e.getLocation() == null ? TokenStreamLocation.NA : e.getLocation();
        return ApiError.badField(
                ApiError.BODY,
                "must be one JSON object, nested at most " + MAX_NESTING
                        + " deep, without a name that comes twice; reading failed at line " + where.getLineNr()
                        + ", column "
                        + where.getColumnNr());
    }

    /** The revocation list of a Root CA, for anyone, as certificates point to it. */
    Optional<Crl> crl(String rootCa) {
        return services.rootCas().crl(rootCa).join();
    }
}
