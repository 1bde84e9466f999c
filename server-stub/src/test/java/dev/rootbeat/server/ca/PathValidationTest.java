package dev.rootbeat.server.ca;

import static dev.rootbeat.server.ca.Given.NOW;
import static dev.rootbeat.server.ca.Given.factory;
import static dev.rootbeat.server.ca.Given.x509;
import static dev.rootbeat.server.ca.Given.x509Crl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Revocation.Reason;
import dev.rootbeat.server.model.RootCa;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The path validation of the JDK, as a relying party on the platform's side does it. */
class PathValidationTest {

    private final CertificateAuthority authority = Given.authority();
    private final RootCa ca = Given.rootCa(authority);
    private final IssuedCertificate certificate = Given.certificate(authority, ca, NOW);

    @Test
    void a_certificate_of_the_root_ca_is_valid_from_one_hour_back_to_its_end() throws Exception {
        validate(certificate, ca, authority.crl(ca, 0, List.of(), NOW), NOW);
        validate(certificate, ca, authority.crl(ca, 0, List.of(), certificate.notBefore()), certificate.notBefore());
        validate(certificate, ca, authority.crl(ca, 0, List.of(), certificate.notAfter()), certificate.notAfter());
        assertInvalid(certificate.notBefore().minusSeconds(1), BasicReason.NOT_YET_VALID);
        assertInvalid(certificate.notAfter().plusSeconds(1), BasicReason.EXPIRED);
    }

    @Test
    void a_revoked_certificate_is_invalid_and_its_successor_is_not() throws Exception {
        var successor = Given.certificate(authority, ca, NOW);
        var crl = authority.crl(ca, 0, List.of(Given.revoked(certificate, Reason.KEY_COMPROMISE)), NOW);

        validate(successor, ca, crl, NOW);
        assertThatThrownBy(() -> validate(certificate, ca, crl, NOW))
                .isInstanceOfSatisfying(
                        CertPathValidatorException.class,
                        e -> assertThat(e.getReason()).isEqualTo(BasicReason.REVOKED));
    }

    @Test
    void a_certificate_of_another_root_ca_of_the_same_name_is_invalid() {
        var other = Given.rootCa(authority, "ca-2", Duration.ofDays(3650), NOW);
        var crl = authority.crl(other, 0, List.of(), NOW);

        assertThatThrownBy(() -> validate(certificate, other, crl, NOW)).isInstanceOf(CertPathValidatorException.class);
    }

    private void assertInvalid(Instant at, BasicReason reason) {
        var crl = authority.crl(ca, 0, List.of(), NOW);
        assertThatThrownBy(() -> validate(certificate, ca, crl, at))
                .isInstanceOfSatisfying(
                        CertPathValidatorException.class,
                        e -> assertThat(e.getReason()).isEqualTo(reason));
    }

    private static void validate(IssuedCertificate certificate, RootCa root, Crl crl, Instant at)
            throws GeneralSecurityException {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(x509(root.certificate()), null)));
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(x509Crl(crl.der())))));
        parameters.setRevocationEnabled(true);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX")
                .validate(factory().generateCertPath(List.of(x509(certificate.certificate()))), parameters);
    }
}
