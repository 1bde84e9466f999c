package dev.rootbeat.server.ca;

import static dev.rootbeat.server.ca.Given.DEVICE;
import static dev.rootbeat.server.ca.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.Decoded.Malformed;
import dev.rootbeat.rot.protocol.Decoded.Message;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.RootCa;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdoptionTest {

    private static final CertificateAuthority AUTHORITY = Given.authority();
    private static final RootCa CA = Given.rootCa(AUTHORITY);
    private static final IssuedCertificate ISSUED = Given.certificate(AUTHORITY, CA, NOW);

    @Test
    void a_forgotten_certificate_comes_back_as_effective_without_operations_and_free() {
        var adopted = Given.authority().adopt(CA, DEVICE, ISSUED.certificate());

        assertThat(adopted)
                .isEqualTo(new Message<>(ISSUED.fulfilling(List.of(), null).to(IssuedCertificate.State.EFFECTIVE)));
    }

    @Test
    void a_certificate_of_another_root_ca_is_refused() {
        var other = Given.rootCa(AUTHORITY, "ca-2", Duration.ofDays(10), NOW);

        assertThat(AUTHORITY.adopt(other, DEVICE, ISSUED.certificate())).isEqualTo(refused("names another issuer"));
    }

    @Test
    void a_certificate_of_an_impostor_with_the_same_names_is_refused() {
        var impostor = Given.rootCa(AUTHORITY);
        var forged = Given.certificate(AUTHORITY, impostor, NOW);

        assertThat(AUTHORITY.adopt(CA, DEVICE, forged.certificate())).isEqualTo(refused("is not signed by its issuer"));
    }

    @Test
    void a_certificate_of_another_device_is_refused() {
        assertThat(AUTHORITY.adopt(CA, new RotPublicUid(1), ISSUED.certificate()))
                .isEqualTo(refused("names another device"));
    }

    @Test
    void the_root_ca_itself_is_no_device() {
        assertThat(AUTHORITY.adopt(CA, DEVICE, CA.certificate())).isEqualTo(refused("names another device"));
    }

    @Test
    void nothing_is_no_certificate() {
        assertThat(AUTHORITY.adopt(CA, DEVICE, Bytes.EMPTY)).isEqualTo(refused("is no X.509 certificate"));
    }

    @ParameterizedTest
    @ValueSource(bytes = {1, 0x10, (byte) 0x80, (byte) 0xff})
    void a_certificate_with_one_changed_octet_is_refused(byte change) {
        for (int position = 0; position < ISSUED.certificate().size(); position++) {
            byte[] der = ISSUED.certificate().toArray();
            der[position] ^= change;
            assertThat(AUTHORITY.adopt(CA, DEVICE, Bytes.of(der)))
                    .as("octet %d", position)
                    .isInstanceOf(Malformed.class);
        }
    }

    @Property
    void a_cut_or_longer_certificate_is_refused(@ForAll @IntRange(max = 1_000) int length) {
        byte[] der = Arrays.copyOf(ISSUED.certificate().toArray(), length);

        assertThat(AUTHORITY.adopt(CA, DEVICE, Bytes.of(der)) instanceof Message)
                .isEqualTo(length == ISSUED.certificate().size());
    }

    @Property
    void garbage_is_refused(@ForAll byte[] garbage) {
        assertThat(AUTHORITY.adopt(CA, DEVICE, Bytes.of(garbage))).isInstanceOf(Malformed.class);
    }

    private static Decoded<IssuedCertificate> refused(String reason) {
        return new Malformed<>("certificate", reason);
    }
}
