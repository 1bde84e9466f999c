package dev.rootbeat.module.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.credential.TestAuthority;
import dev.rootbeat.module.tls.ServerCheck.Refusal;
import dev.rootbeat.rot.protocol.Bytes;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.tls.AlertDescription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AT reference, section 2.6, operations 0 and 12. */
class ServerCheckTest {

    private static final String HOST = "broker.example.org";
    private static final KeyPair KEYS = TestAuthority.keys("EC", 256);
    private static final TestAuthority ROOT = new TestAuthority("CN=root", TestAuthority.keys("EC", 256));
    private static final TestAuthority MIDDLE = ROOT.intermediate("CN=middle", TestAuthority.keys("RSA", 2048));
    private static final Bytes SERVER = ROOT.issue("CN=server", KEYS, HOST);

    private static String refusal(int level, List<Bytes> authorities, Bytes... chain) {
        return refusal(new ServerCheck(level, authorities, HOST, TestAuthority.NOW, null, false), chain);
    }

    private static String refusal(ServerCheck check, Bytes... chain) {
        return check.check(List.of(chain)).map(Refusal::reason).orElse("");
    }

    @Test
    void a_chain_leads_to_an_authority_whatever_order_it_comes_in() {
        Bytes below = MIDDLE.issue("CN=server", KEYS, HOST);
        List<Bytes> root = List.of(ROOT.certificate());
        assertThat(refusal(3, root, SERVER)).isEmpty();
        assertThat(refusal(3, root, below, MIDDLE.certificate())).isEmpty();
        assertThat(refusal(3, root, below, ROOT.certificate(), MIDDLE.certificate()))
                .isEmpty();
        assertThat(refusal(3, List.of(MIDDLE.certificate()), below)).isEmpty();
        assertThat(refusal(3, List.of(SERVER), SERVER)).as("trusted itself").isEmpty();
    }

    @Test
    void without_a_way_to_an_authority_a_server_is_refused() {
        String unknown = "no known authority has issued its certificate";
        TestAuthority same = new TestAuthority("CN=root", TestAuthority.keys("EC", 256));
        assertThat(refusal(1, List.of(), SERVER)).isEqualTo(unknown);
        assertThat(refusal(1, List.of(same.certificate()), SERVER))
                .as("of that name")
                .isEqualTo(unknown);
        assertThat(refusal(1, List.of(ROOT.certificate()), MIDDLE.issue("CN=server", KEYS, HOST)))
                .isEqualTo(unknown);
        TestAuthority pretender = new TestAuthority("CN=server", KEYS);
        assertThat(refusal(1, List.of(ROOT.certificate()), pretender.issue("CN=other", KEYS, HOST), SERVER))
                .as("issued by who may not")
                .isEqualTo(unknown);
        assertThat(refusal(0, List.of(), SERVER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "broker.example.org,true",
        "BROKER.example.org,true",
        "*.example.org,true",
        "*.org,false",
        "*.broker.example.org,false",
        "example.org,false",
        "192.0.2.1,false"
    })
    void a_name_matches_as_a_whole_or_behind_its_first_label(String name, boolean matches) {
        Bytes server = ROOT.issue("CN=broker.example.org", KEYS, name);
        assertThat(refusal(2, List.of(ROOT.certificate()), server))
                .isEqualTo(matches ? "" : "its certificate is not for " + HOST);
        assertThat(refusal(1, List.of(ROOT.certificate()), server)).isEmpty();
    }

    @Test
    void the_common_name_counts_only_where_there_is_no_other() {
        assertThat(refusal(2, List.of(ROOT.certificate()), ROOT.issue("O=Tests,CN=" + HOST, KEYS, (String) null)))
                .isEmpty();
    }

    @Test
    void dates_count_at_level_3_for_the_whole_chain() {
        var later = TestAuthority.NOW.plus(Duration.ofDays(366));
        for (Instant now : List.of(later, TestAuthority.NOW.minus(Duration.ofDays(366)))) {
            for (int level = 0; level <= 3; level++) {
                var check = new ServerCheck(level, List.of(ROOT.certificate()), HOST, now, null, false);
                assertThat(check.check(List.of(SERVER)).map(Refusal::alert))
                        .isEqualTo(level < 3 ? Optional.empty() : Optional.of(AlertDescription.certificate_expired));
            }
        }
    }

    @Test
    void keys_that_are_too_short_and_certificates_for_clients_are_refused() {
        Bytes weak = ROOT.issue("CN=server", TestAuthority.keys("RSA", 1024), HOST);
        assertThat(refusal(1, List.of(ROOT.certificate()), weak)).isEqualTo("a key in its chain is too short");
        assertThat(refusal(0, List.of(), weak)).isEmpty();
        Bytes client = ROOT.issue("CN=server", KEYS, HOST, KeyPurposeId.id_kp_clientAuth);
        assertThat(refusal(1, List.of(ROOT.certificate()), client)).isEqualTo("its certificate is not for servers");
        Bytes both = ROOT.issue("CN=server", KEYS, HOST, KeyPurposeId.id_kp_serverAuth);
        assertThat(refusal(1, List.of(ROOT.certificate()), both)).isEmpty();
    }

    @Test
    void a_pinned_certificate_is_compared_by_its_key_or_as_a_whole() {
        Bytes renewed = ROOT.issue("CN=renewed", KEYS, HOST);
        Bytes other = ROOT.issue("CN=server", TestAuthority.keys("EC", 256), HOST);
        String refused = "its certificate is not the pinned one";
        assertThat(refusal(pin(SERVER, false), SERVER)).isEmpty();
        assertThat(refusal(pin(SERVER, false), renewed)).isEmpty();
        assertThat(refusal(pin(SERVER, false), other)).isEqualTo(refused);
        assertThat(refusal(pin(SERVER, true), SERVER)).isEmpty();
        assertThat(refusal(pin(SERVER, true), renewed)).isEqualTo(refused);
    }

    private static ServerCheck pin(@Nullable Bytes certificate, boolean whole) {
        return new ServerCheck(0, List.of(), HOST, TestAuthority.NOW, certificate, whole);
    }

    @Test
    void what_is_no_certificate_is_refused_at_any_level() {
        for (int level = 0; level <= 3; level++) {
            assertThat(refusal(level, List.of(ROOT.certificate()), Bytes.ofHex("3003020101")))
                    .startsWith("its certificate cannot be read");
        }
    }
}
