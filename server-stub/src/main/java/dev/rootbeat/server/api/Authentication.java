package dev.rootbeat.server.api;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.Domain;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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

    Authentication(Services services) {
        this.services = services;
        this.tokens = Tokens.of(services.store(), services.random(), services.clock());
    }

    ApiAnswer answer(String path, JsonNode body) {
        return path.equals(REFRESH)
                ? refresh(body.get("RefreshToken").asString())
                : authenticate(
                        body.get("APIKey").asString(), body.get("APISecret").asString());
    }

    private ApiAnswer authenticate(String key, String secret) {
        byte[] digest =
                Bytes.of(secret.getBytes(StandardCharsets.UTF_8)).sha256().toArray();
        return services.store()
                .read(view -> view.domainOfApiKey(key))
                .filter(domain -> MessageDigest.isEqual(domain.apiSecretDigest().toArray(), digest))
                .map(this::tokens)
                .orElseGet(() -> new ApiAnswer.Failure(ApiError.unauthorized("APIKey or APISecret is wrong")));
    }

    private ApiAnswer refresh(String token) {
        return domain(token, Tokens.Use.REFRESH)
                .map(this::tokens)
                .orElseGet(() -> new ApiAnswer.Failure(
                        ApiError.unauthorized("the RefreshToken is not genuine or has expired: authenticate again")));
    }

    private ApiAnswer tokens(Domain domain) {
        return new ApiAnswer.Success(Json.object()
                .put("AuthToken", tokens.issue(domain, Tokens.Use.ACCESS))
                .put("RefreshToken", tokens.issue(domain, Tokens.Use.REFRESH))
                .put("ExpiresInSeconds", Tokens.ACCESS_LIFE.toSeconds()));
    }

    /** The domain whose access token an Authorization header carries, as it is or after "Bearer". */
    Optional<Domain> caller(@Nullable String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        boolean bearer = authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
        return domain(bearer ? authorization.substring(BEARER.length()).strip() : authorization, Tokens.Use.ACCESS);
    }

    private Optional<Domain> domain(String token, Tokens.Use use) {
        return Tokens.subject(token)
                .flatMap(id -> services.store().read(view -> view.domain(id)))
                .filter(domain -> tokens.claims(token, domain)
                        .filter(claims -> claims.use() == use && !claims.expired())
                        .isPresent());
    }
}
