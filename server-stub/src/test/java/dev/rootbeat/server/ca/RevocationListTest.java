package dev.rootbeat.server.ca;

import static dev.rootbeat.server.ca.Given.NOW;
import static dev.rootbeat.server.ca.Given.x509;
import static dev.rootbeat.server.ca.Given.x509Crl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.Revocation.Reason;
import dev.rootbeat.server.model.RootCa;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevocationListTest {

    private static final String CRL_NUMBER = "2.5.29.20";
    private static final String AUTHORITY_KEY = "2.5.29.35";

    private final CertificateAuthority authority = Given.authority();
    private final RootCa ca = Given.rootCa(authority);

    @Test
    void an_empty_list_is_signed_numbered_and_lasts_a_day() throws Exception {
        var crl = authority.crl(ca, 0, List.of(), NOW);
        var list = x509Crl(crl.der());

        list.verify(x509(ca.certificate()).getPublicKey());
        assertThat(list.getVersion()).isEqualTo(2);
        assertThat(list.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(list.getIssuerX500Principal())
                .isEqualTo(x509(ca.certificate()).getSubjectX500Principal());
        assertThat(list.getRevokedCertificates()).as("absent, not empty").isNull();
        assertThat(list.getNonCriticalExtensionOIDs()).containsExactlyInAnyOrder(CRL_NUMBER, AUTHORITY_KEY);
        assertThat(list.getCriticalExtensionOIDs()).isEmpty();
        assertThat(list.getThisUpdate()).isEqualTo("2027-03-14T15:09:26Z");
        assertThat(list.getNextUpdate().toInstant()).isEqualTo(crl.nextUpdate()).isEqualTo("2027-03-15T15:09:26Z");
        assertThat(crl.rootCa()).isEqualTo("ca-1");
        assertThat(number(crl)).isEqualTo(crl.number()).isEqualTo(NOW.toEpochMilli());
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_names_the_certificate_the_second_and_the_reason(Reason reason) throws Exception {
        var revoked = Given.certificate(authority, ca, NOW).revoked(new Revocation(NOW, reason));
        var other = Given.certificate(authority, ca, NOW);

        var list = x509Crl(authority.crl(ca, 0, List.of(revoked), NOW).der());

        var entry = list.getRevokedCertificate(revoked.serialNumber());
        assertThat(entry.getRevocationDate()).isEqualTo("2027-03-14T15:09:26Z");
        if (reason == Reason.UNSPECIFIED) {
            assertThat(entry.hasExtensions())
                    .as("an unspecified reason is left out")
                    .isFalse();
        } else {
            assertThat(entry.getRevocationReason()).hasToString(reason.name());
            assertThat(entry.getExtensionValue("2.5.29.21")).endsWith(reason.code());
        }
        assertThat(list.isRevoked(x509(revoked.certificate()))).isTrue();
        assertThat(list.isRevoked(x509(other.certificate()))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_root_ca_signs_its_list_in_every_state_and_after_its_end(RootCa.State state) throws Exception {
        var afterwards = ca.notAfter().plus(Duration.ofDays(1));

        var crl = authority.crl(ca.withSettings(ca.deviceValidity(), null, state), 7, List.of(), afterwards);

        x509Crl(crl.der()).verify(x509(ca.certificate()).getPublicKey());
    }

    @Property(tries = 100)
    void numbers_grow_whatever_the_clock_does(
            @ForAll @Size(min = 2, max = 8) List<@LongRange(min = -10_000, max = 10_000) Long> steps) throws Exception {
        long previous = 0;
        var now = NOW;
        for (long step : steps) {
            now = now.plusMillis(step);
            var crl = authority.crl(ca, previous, List.of(), now);
            assertThat(crl.number()).isGreaterThan(previous);
            assertThat(number(crl)).isEqualTo(crl.number());
            previous = crl.number();
        }
    }

    @Test
    void a_server_that_forgot_its_last_number_still_numbers_higher() {
        var before = authority.crl(ca, 0, List.of(), NOW);

        var restored = authority.crl(ca, 0, List.of(), NOW.plusMillis(1));

        assertThat(restored.number()).isGreaterThan(before.number());
    }

    @Test
    void a_certificate_that_is_not_revoked_comes_into_no_list() {
        var certificate = Given.certificate(authority, ca, NOW);

        assertThatThrownBy(() -> authority.crl(ca, 0, List.of(certificate), NOW))
                .hasMessageContaining("revoked");
    }

    /** Returns the CRL number that a list carries: an INTEGER in an OCTET STRING. */
    private static long number(Crl crl) throws GeneralSecurityException {
        byte[] extension = x509Crl(crl.der()).getExtensionValue(CRL_NUMBER);
        return new BigInteger(Arrays.copyOfRange(extension, 4, extension.length)).longValueExact();
    }
}
