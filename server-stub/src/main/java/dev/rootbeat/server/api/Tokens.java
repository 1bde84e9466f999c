package dev.rootbeat.server.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.store.Store;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Access and refresh tokens: JWTs signed with HMAC-SHA-256. The key is derived from a secret that all server processes on
 * one store share, so that each accepts what another issued, and from the digest of the domain's present API secret, so
 * that no token outlives a change of that secret.
 */
final class Tokens {

    static final Duration ACCESS_LIFE = Duration.ofMinutes(15);
    static final Duration REFRESH_LIFE = Duration.ofHours(12);

    private static final String USE = "use";

    /** What the store calls the secret. */
    private static final String SECRET = "token";

    /** As many octets as HMAC-SHA-256 has. */
    private static final int SECRET_SIZE = 32;

    private final Bytes secret;
    private final InstantSource clock;

    private Tokens(Bytes secret, InstantSource clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /** Takes the secret from the store; the first process on it puts one there. */
    static Tokens of(Store store, RandomGenerator random, InstantSource clock) {
        byte[] drawn = new byte[SECRET_SIZE];
        random.nextBytes(drawn);
        Bytes kept = store.read(view -> view.secret(SECRET))
                .orElseGet(() ->
                        store.write(tx -> tx.keep(SECRET, Bytes.of(drawn))).join());
        return new Tokens(kept, clock);
    }

    /** What a token is good for. */
    enum Use {
        ACCESS,
        REFRESH
    }

    /** What a genuine token says. */
    record Claims(Use use, boolean expired) {}

    String issue(Domain domain, Use use) {
        Instant now = clock.instant();
        Duration life = use == Use.ACCESS ? ACCESS_LIFE : REFRESH_LIFE;
        var claims = new JWTClaimsSet.Builder()
                .subject(domain.id())
                .claim(USE, use.name())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(key(domain)));
        } catch (JOSEException e) {
            throw new IllegalStateException("a 32-octet secret signs", e);
        }
        return token.serialize();
    }

    /** Returns the id of the domain that a token names, genuine or not, if it can be one. */
    static Optional<String> subject(String text) {
        try {
            return Optional.ofNullable(SignedJWT.parse(text).getJWTClaimsSet().getSubject())
                    .filter(Json::isStorable);
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** Returns what a token says, if it was issued for this domain and its present API secret. */
    Optional<Claims> claims(String text, Domain domain) {
        try {
            var token = SignedJWT.parse(text);
            JWTClaimsSet claims = token.getJWTClaimsSet();
            boolean genuine = JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())
                    && token.verify(new MACVerifier(key(domain)))
                    && domain.id().equals(claims.getSubject())
                    && claims.getExpirationTime() != null;
            if (!genuine) {
                return Optional.empty();
            }
            boolean expired =
                    !clock.instant().isBefore(claims.getExpirationTime().toInstant());
            return Arrays.stream(Use.values())
                    .filter(use -> use.name().equals(claims.getClaim(USE)))
                    .findFirst()
                    .map(use -> new Claims(use, expired));
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private byte[] key(Domain domain) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.toArray(), "HmacSHA256"));
            return mac.doFinal(domain.apiSecretDigest().toArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }
}
