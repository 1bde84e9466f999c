package dev.rootbeat.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.api.Tokens.Claims;
import dev.rootbeat.server.api.Tokens.Use;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokensTest {

    private static final Instant NOW = Instant.parse("2027-03-14T15:09:26Z");

    private final MemoryStore store = new MemoryStore();
    private final Domain domain = domain("home", "secret");
    private final Tokens tokens = process(1);

    @Test
    void another_process_on_the_same_store_accepts_a_token_and_one_on_another_store_does_not() {
        String token = tokens.issue(domain, Use.ACCESS);

        assertThat(process(2).claims(token, domain)).contains(new Claims(Use.ACCESS, false));
        assertThat(Tokens.of(new MemoryStore(), new Random(2), () -> NOW).claims(token, domain))
                .isEmpty();
    }

    @Test
    void no_token_outlives_a_change_of_the_api_secret() {
        for (Use use : Use.values()) {
            String token = tokens.issue(domain, use);
            assertThat(tokens.claims(token, domain)).contains(new Claims(use, false));
            assertThat(tokens.claims(token, domain("home", "rotated"))).isEmpty();
        }
    }

    @Test
    void a_token_is_good_for_its_own_domain_also_where_two_have_the_same_secret() {
        String token = tokens.issue(domain, Use.ACCESS);

        assertThat(Tokens.subject(token)).contains("home");
        assertThat(tokens.claims(token, domain("other", "secret"))).isEmpty();
    }

    private Tokens process(int seed) {
        return Tokens.of(store, new Random(seed), () -> NOW);
    }

    private static Domain domain(String id, String secret) {
        return new Domain(
                id,
                id,
                id + "-key",
                Bytes.of(secret.getBytes(StandardCharsets.UTF_8)).sha256());
    }
}
