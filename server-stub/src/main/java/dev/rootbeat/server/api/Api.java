package dev.rootbeat.server.api;

import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.Domain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
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

    /** A call that a domain makes. */
    @FunctionalInterface
    interface Call {
        ApiAnswer answer(Domain caller, JsonNode body);
    }

    private final Services services;
    private final Contract contract;
    private final Authentication authentication;
    private final Map<String, Call> calls = new TreeMap<>();

    Api(Services services, Contract contract) {
        this.services = services;
        this.contract = contract;
        this.authentication = new Authentication(services);
        calls.putAll(new ProfileCalls(services).calls());
        calls.putAll(new RootCaCalls(services).calls());
        calls.putAll(new CertificateCalls(services).calls());
        calls.putAll(new DeviceCalls(services).calls());
        calls.putAll(new KeyCalls(services).calls());
        calls.putAll(new BillingCalls(services).calls());
        calls.putAll(new WebhookCalls(services).calls());
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

    ApiAnswer call(String path, @Nullable String authorization, byte[] octets) {
        JsonNode body;
        try {
            body = JSON.readTree(octets);
        } catch (JacksonException e) {
            return new ApiAnswer.Failure(unreadable(e));
        }
        if (body.isMissingNode()) {
            return new ApiAnswer.Failure(ApiError.badField(ApiError.BODY, "is empty"));
        }
        Call call = calls.get(path);
        boolean open = path.equals(Authentication.AUTHENTICATE) || path.equals(Authentication.REFRESH);
        if (call == null && !open) {
            return new ApiAnswer.Failure(ApiError.notFound(null, "there is no call " + path));
        }
        // Who the caller is comes first: a stranger learns nothing about what a body should look like.
        Optional<Domain> caller = open ? Optional.empty() : authentication.caller(authorization);
        if (!open && caller.isEmpty()) {
            return new ApiAnswer.Failure(ApiError.unauthorized(
                    "the Authorization header must carry an AuthToken from /v1/authenticate that has not expired"));
        }
        Optional<ApiError> problem = contract.problem(path, body);
        if (problem.isPresent()) {
            return new ApiAnswer.Failure(problem.get());
        }
        return call == null || caller.isEmpty() ? authentication.answer(path, body) : call.answer(caller.get(), body);
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
