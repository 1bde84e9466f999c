package dev.rootbeat.server.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Access and refresh tokens: JWTs signed with HMAC-SHA-256 by a secret that lives as long as the server process, so that
 * callers authenticate again after a restart.
 */
final class Tokens {

    static final Duration ACCESS_LIFE = Duration.ofMinutes(15);
    static final Duration REFRESH_LIFE = Duration.ofHours(12);

    private static final String USE = "use";

    private final byte[] secret = new byte[32];
    private final InstantSource clock;

    Tokens(RandomGenerator random, InstantSource clock) {
        random.nextBytes(secret);
        this.clock = clock;
    }

    /** What a token is good for. */
    enum Use {
        ACCESS,
        REFRESH
    }

    String issue(String domain, Use use) {
        Instant now = clock.instant();
        Duration life = use == Use.ACCESS ? ACCESS_LIFE : REFRESH_LIFE;
        var claims = new JWTClaimsSet.Builder()
                .subject(domain)
                .claim(USE, use.name())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException("a 32-octet secret signs", e);
        }
        return token.serialize();
    }

    /** Returns the domain of a token that is genuine, unexpired and good for this use. */
    Optional<String> domain(String text, Use use) {
        try {
            var token = SignedJWT.parse(text);
            JWTClaimsSet claims = token.getJWTClaimsSet();
            boolean good = JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())
                    && token.verify(new MACVerifier(secret))
                    && use.name().equals(claims.getClaim(USE))
                    && claims.getExpirationTime() != null
                    && clock.instant().isBefore(claims.getExpirationTime().toInstant());
            return good ? Optional.ofNullable(claims.getSubject()) : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }
}
