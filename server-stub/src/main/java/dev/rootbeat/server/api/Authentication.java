package dev.rootbeat.server.api;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.Domain;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Who a caller is. Every check fails closed. */
final class Authentication {

    static final String AUTHENTICATE = "/v1/authenticate";
    static final String REFRESH = "/v1/authenticate/refresh";

    private static final String BEARER = "bearer ";

    private final Services services;
    private final Tokens tokens;
    private final Rates attempts;

    Authentication(Services services, RestLimits limits) {
        this.services = services;
        this.tokens = Tokens.of(services.store(), services.random(), services.clock());
        this.attempts = new Rates(limits.callsPerSecond(), services.clock());
    }

    /** Answers one of the two calls that need no token. A failure is attributed to the domain that was named. */
    Api.Outcome answer(String path, JsonNode body) {
        return path.equals(REFRESH)
                ? refresh(body.get("RefreshToken").asString())
                : authenticate(
                        body.get("APIKey").asString(), body.get("APISecret").asString());
    }

    private Api.Outcome authenticate(String key, String secret) {
        byte[] digest =
                Bytes.of(secret.getBytes(StandardCharsets.UTF_8)).sha256().toArray();
        Optional<Domain> named = services.store().read(view -> view.domainOfApiKey(key));
        boolean genuine = named.filter(
                        domain -> MessageDigest.isEqual(domain.apiSecretDigest().toArray(), digest))
                .isPresent();
        return answer(named, genuine, "APIKey or APISecret is wrong");
    }

    private Api.Outcome refresh(String token) {
        Optional<Domain> named = attributed(token);
        return answer(
                named,
                named.filter(domain -> isGood(token, domain, Tokens.Use.REFRESH))
                        .isPresent(),
                "the RefreshToken is not genuine or has expired: authenticate again");
    }

    /** Attempts have a rate of their own, so that whoever guesses does not keep the domain's scripts from calling. */
    private Api.Outcome answer(Optional<Domain> named, boolean genuine, String refusal) {
        Duration wait = named.map(domain -> attempts.take(domain.id())).orElse(Duration.ZERO);
        if (wait.isPositive()) {
            return new Api.Outcome(new ApiAnswer.TooMany(wait), null);
        }
        return named.isPresent() && genuine
                ? new Api.Outcome(tokens(named.get()), named.get())
                : Api.Outcome.refused(named.orElse(null), ApiError.unauthorized(refusal));
    }

    private ApiAnswer tokens(Domain domain) {
        return new ApiAnswer.Success(Json.object()
                .put("AuthToken", tokens.issue(domain, Tokens.Use.ACCESS))
                .put("RefreshToken", tokens.issue(domain, Tokens.Use.REFRESH))
                .put("ExpiresInSeconds", Tokens.ACCESS_LIFE.toSeconds()));
    }

    /** The domain whose access token an Authorization header carries, as it is or after "Bearer". */
    Optional<Domain> caller(@Nullable String authorization) {
        return attributed(authorization).filter(domain -> isGood(bare(authorization), domain, Tokens.Use.ACCESS));
    }

    /** The domain whose genuine token it is, even if it has expired or is for another use. */
    Optional<Domain> attributed(@Nullable String authorization) {
        String token = bare(authorization);
        return Tokens.subject(token)
                .flatMap(id -> services.store().read(view -> view.domain(id)))
                .filter(domain -> tokens.claims(token, domain).isPresent());
    }

    private boolean isGood(String token, Domain domain, Tokens.Use use) {
        return tokens.claims(token, domain)
                .filter(claims -> claims.use() == use && !claims.expired())
                .isPresent();
    }

    private static String bare(@Nullable String authorization) {
        if (authorization == null) {
            return "";
        }
        boolean bearer = authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
        return bearer ? authorization.substring(BEARER.length()).strip() : authorization;
    }
}
