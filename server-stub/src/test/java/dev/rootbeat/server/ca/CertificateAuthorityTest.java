package dev.rootbeat.server.ca;

import static dev.rootbeat.server.ca.Given.DEVICE;
import static dev.rootbeat.server.ca.Given.KEY;
import static dev.rootbeat.server.ca.Given.NOW;
import static dev.rootbeat.server.ca.Given.x509;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.model.Revocation.Reason;
import dev.rootbeat.server.model.RootCa;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.time.api.constraints.InstantRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthorityTest {

    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String AUTHORITY_KEY = "2.5.29.35";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String DISTRIBUTION_POINTS = "2.5.29.31";
    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

    private final CertificateAuthority authority = Given.authority();
    private final RootCa ca = Given.rootCa(authority);

    @Test
    void a_root_ca_signs_itself_and_may_sign_certificates_and_lists_but_no_other_ca() throws Exception {
        var certificate = x509(ca.certificate());

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
        assertThat(certificate.getBasicConstraints()).as("path length").isZero();
        assertThat(usages(certificate)).containsExactly(5, 6);
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder(BASIC_CONSTRAINTS, KEY_USAGE);
        assertThat(certificate.getNonCriticalExtensionOIDs()).containsExactly(SUBJECT_KEY);
        assertThat(certificate.getNotBefore()).isEqualTo("2027-03-14T14:09:26Z");
        assertThat(certificate.getNotAfter().toInstant())
                .isEqualTo(ca.notAfter())
                .isEqualTo(NOW.plus(Duration.ofDays(3650)).truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void a_device_certificate_is_for_tls_clients_and_says_where_its_revocation_list_is() throws Exception {
        var issued = Given.certificate(authority, ca, NOW);
        var certificate = x509(issued.certificate());
        var root = x509(ca.certificate());

        certificate.verify(root.getPublicKey());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=0002000071cdc99d");
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(root.getSubjectX500Principal());
        assertThat(certificate.getPublicKey().getEncoded()).isEqualTo(KEY.toArray());
        assertThat(certificate.getBasicConstraints()).as("no CA").isEqualTo(-1);
        assertThat(usages(certificate)).containsExactly(0);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly(CLIENT_AUTHENTICATION);
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder(BASIC_CONSTRAINTS, KEY_USAGE);
        assertThat(certificate.getNonCriticalExtensionOIDs())
                .containsExactlyInAnyOrder(SUBJECT_KEY, AUTHORITY_KEY, EXTENDED_KEY_USAGE, DISTRIBUTION_POINTS);
        assertThat(text(certificate, DISTRIBUTION_POINTS)).endsWith("http://127.0.0.1:8080/crl/ca-1.crl");
        assertThat(tail(certificate, AUTHORITY_KEY)).as("key identifiers").isEqualTo(tail(root, SUBJECT_KEY));
        assertThat(certificate.getNotBefore()).isEqualTo("2027-03-14T14:09:26Z");
        assertThat(certificate.getNotAfter()).isEqualTo("2027-06-12T15:09:26Z");
    }

    @Test
    void the_record_of_a_certificate_says_what_the_certificate_says() throws Exception {
        var issued = authority.issue(ca, DEVICE, KEY, NOW, List.of("a", "b"), Operation.Kind.UPDATE);
        var certificate = x509(issued.certificate());

        assertThat(issued)
                .isEqualTo(new IssuedCertificate(
                        "ca-1",
                        certificate.getSerialNumber(),
                        DEVICE,
                        issued.certificate(),
                        issued.certificate().sha256(),
                        KEY,
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant(),
                        IssuedCertificate.State.ISSUED,
                        List.of("a", "b"),
                        Operation.Kind.UPDATE,
                        null));
    }

    @Test
    void a_certificate_ends_with_its_root_ca() throws Exception {
        var lastDays = ca.notAfter().minus(Duration.ofDays(3));

        var issued = Given.certificate(authority, ca, lastDays);

        assertThat(x509(issued.certificate()).getNotAfter().toInstant())
                .isEqualTo(ca.notAfter())
                .isEqualTo(issued.notAfter());
    }

    @Test
    void a_certificate_does_not_begin_before_its_root_ca_even_if_the_clock_has_stepped_back() throws Exception {
        var steppedBack = NOW.minus(Duration.ofDays(365));

        var certificate = x509(Given.certificate(authority, ca, steppedBack).certificate());

        assertThat(certificate.getNotBefore()).isEqualTo(x509(ca.certificate()).getNotBefore());
        assertThat(certificate.getNotAfter().toInstant())
                .isEqualTo(certificate.getNotBefore().toInstant().plus(ca.deviceValidity()));
    }

    @Test
    void new_settings_of_a_root_ca_count_for_the_next_certificate() throws Exception {
        Given.certificate(authority, ca, NOW);
        var shorter = ca.withSettings(Duration.ofDays(30), null, RootCa.State.ACTIVE);

        var certificate = x509(Given.certificate(authority, shorter, NOW).certificate());

        assertThat(certificate.getNotAfter()).isEqualTo("2027-04-13T15:09:26Z");
    }

    @ParameterizedTest
    @EnumSource(names = {"DISABLED", "COMPROMISED"})
    void a_root_ca_out_of_use_issues_nothing(RootCa.State state) {
        var outOfUse = ca.withSettings(ca.deviceValidity(), null, state);

        assertThatThrownBy(() -> Given.certificate(authority, outOfUse, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("may not issue");
    }

    @Test
    void an_expired_root_ca_issues_nothing() {
        assertThatThrownBy(() -> Given.certificate(authority, ca, ca.notAfter()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void serial_numbers_are_positive_128_random_bits_and_never_meet() throws Exception {
        var seen = new HashSet<>();
        int bits = 0;
        for (int i = 0; i < 500; i++) {
            var serialNumber = Given.certificate(authority, ca, NOW).serialNumber();
            assertThat(serialNumber).isPositive();
            assertThat(seen.add(serialNumber)).as("a new number").isTrue();
            bits = Math.max(bits, serialNumber.bitLength());
        }
        assertThat(bits).isEqualTo(128);
        assertThat(seen).doesNotContain(x509(ca.certificate()).getSerialNumber());
    }

    @Test
    void two_root_cas_of_one_name_have_different_subjects_keys_and_serial_numbers() throws Exception {
        var one = x509(ca.certificate());
        var other =
                x509(Given.rootCa(authority, "ca-2", Duration.ofDays(3650), NOW).certificate());

        assertThat(one.getSubjectX500Principal()).isNotEqualTo(other.getSubjectX500Principal());
        assertThat(one.getPublicKey()).isNotEqualTo(other.getPublicKey());
        assertThat(one.getSerialNumber()).isNotEqualTo(other.getSerialNumber());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zürich 東京 🛰",
                "a\"quoted\", CN=evil",
                "O=u-blox+CN=x;y\\z#<>",
                " spaces at both ends ",
                "#0c026869",
                "../../etc/passwd %00 ${x}"
            })
    void any_printable_name_is_one_common_name_character_by_character(String name) throws Exception {
        var named = authority.create("ca-9", "acme", name, Duration.ofDays(10), Duration.ofDays(1), null, NOW);

        var subject =
                new LdapName(x509(named.certificate()).getSubjectX500Principal().getName(X500Principal.RFC2253));

        assertThat(subject.size()).isEqualTo(3);
        assertThat(subject.getRdn(2).getType()).isEqualTo("CN");
        assertThat(subject.getRdn(2).getValue()).isEqualTo(name);
        x509(Given.certificate(authority, named, NOW).certificate())
                .verify(x509(named.certificate()).getPublicKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "ü", "a b", "x.crl"})
    void an_id_that_fits_no_url_makes_no_root_ca(String id) {
        assertThatThrownBy(() -> Given.rootCa(authority, id, Duration.ofDays(1), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id");
    }

    @Test
    void what_the_settings_check_refuses_makes_no_root_ca() {
        assertThatThrownBy(
                        () -> authority.create("ca-2", "acme", "", Duration.ofDays(2), Duration.ofDays(1), null, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("NAME: must not be blank");
    }

    @Test
    void with_a_seeded_signer_the_same_seed_gives_the_same_octets() {
        assertThat(simulated(1)).isEqualTo(simulated(1)).isNotEqualTo(simulated(2));
    }

    private static List<Bytes> simulated(long seed) {
        var random = new Random(seed);
        var seeded = new CertificateAuthority(new DeterministicP256(random), random, "http://127.0.0.1:8080");
        var root = Given.rootCa(seeded);
        var issued = Given.certificate(seeded, root, NOW);
        var crl = seeded.crl(root, 0, List.of(Given.revoked(issued, Reason.SUPERSEDED)), NOW);
        return List.of(root.certificate(), root.privateKey(), issued.certificate(), crl.der());
    }

    @ParameterizedTest
    @CsvSource({
        "2049-12-31T23:59:58Z, 2049-12-31T23:59:59Z, 17 0d 343931323331323335393539 5a",
        "2049-12-31T23:59:59.999Z, 2050-01-01T00:00:00Z, 18 0f 3230353030313031303030303030 5a",
        "2050-01-01T00:00:00Z, 2050-01-01T00:00:01Z, 18 0f 3230353030313031303030303031 5a"
    })
    void from_2050_on_times_have_four_digit_years(Instant now, Instant notAfter, String der) {
        var brief = Given.rootCa(authority, "ca-3", Duration.ofSeconds(1), now);

        assertThat(brief.notAfter()).isEqualTo(notAfter);
        assertThat(brief.certificate().hex()).contains(der.replace(" ", ""));
        assertThat(Given.certificate(authority, brief, now).certificate().hex()).contains(der.replace(" ", ""));
    }

    @Property(tries = 300)
    void validity_begins_one_hour_back_and_lasts_as_long_as_asked_to_the_second(
            @ForAll @InstantRange(min = "2026-01-01T00:00:00Z", max = "2120-01-01T00:00:00Z") Instant created,
            @ForAll @LongRange(min = 1, max = 3_155_760_000L) long caSeconds,
            @ForAll @LongRange(min = 1, max = 3_155_760_000L) long deviceSeconds,
            @ForAll @LongRange(min = -10_000_000, max = 3_155_760_000L) long later)
            throws Exception {
        var at = created.plusMillis(later % 1_000).plusSeconds(later % caSeconds);
        var deviceValidity = Duration.ofSeconds(deviceSeconds);
        var root =
                authority.create("ca-4", "acme", "Acme", Duration.ofSeconds(caSeconds), deviceValidity, null, created);
        Assume.that(root.mayIssue(at));

        var own = x509(root.certificate());
        var certificate = x509(Given.certificate(authority, root, at).certificate());

        assertThat(own.getNotBefore().toInstant()).isEqualTo(second(created.minus(Duration.ofHours(1))));
        assertThat(own.getNotAfter().toInstant()).isEqualTo(second(created.plusSeconds(caSeconds)));
        var notBefore = certificate.getNotBefore().toInstant();
        var notAfter = certificate.getNotAfter().toInstant();
        assertThat(notBefore).isAfterOrEqualTo(own.getNotBefore().toInstant()).isBefore(notAfter);
        assertThat(notAfter).isBeforeOrEqualTo(root.notAfter());
        if (notBefore.isAfter(own.getNotBefore().toInstant())) {
            assertThat(notBefore).isEqualTo(second(at.minus(Duration.ofHours(1))));
        }
        if (notAfter.isBefore(root.notAfter()) && at.isAfter(own.getNotBefore().toInstant())) {
            assertThat(notAfter).isEqualTo(second(at.plus(deviceValidity)));
        }
    }

    private static Instant second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Returns the bits of the key usage that are set, by their numbers (RFC 5280, section 4.2.1.3). */
    private static List<Integer> usages(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return IntStream.range(0, usage.length)
                .filter(bit -> usage[bit])
                .boxed()
                .toList();
    }

    private static String text(X509Certificate certificate, String extension) {
        return new String(certificate.getExtensionValue(extension), StandardCharsets.US_ASCII);
    }

    /** Returns the last 20 octets of an extension: a key identifier. */
    private static byte[] tail(X509Certificate certificate, String extension) {
        byte[] value = certificate.getExtensionValue(extension);
        return Arrays.copyOfRange(value, value.length - 20, value.length);
    }
}
