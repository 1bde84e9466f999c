package dev.rootbeat.rot.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.Decoded.Malformed;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateRequestsTest {

    private static final RotPublicUid UID = RotPublicUid.parse("0002a5b0c1d2e3f4");

    private final P256 p256 = new DeterministicP256(new SplittableRandom(10));
    private final KeyPair pair = p256.generateKeyPair();
    private final Bytes request = CertificateRequests.create(p256, pair, UID);

    @ParameterizedTest
    @MethodSource("dev.rootbeat.rot.crypto.P256Test#pairs")
    void a_request_shows_the_key_that_signed_it(P256 device, P256 server) {
        KeyPair keys = device.generateKeyPair();

        Bytes made = CertificateRequests.create(device, keys, UID);

        assertThat(CertificateRequests.verify(server, UID, made))
                .isEqualTo(new Decoded.Message<>(Bytes.of(keys.getPublic().getEncoded())));
    }

    @Test
    void a_request_of_another_device_is_refused() {
        assertThat(CertificateRequests.verify(p256, new RotPublicUid(1), request))
                .isEqualTo(new Malformed<>("certificateRequest.subject", "is not CN=0000000000000001"));
    }

    @Test
    void a_request_signed_with_another_key_is_refused() {
        KeyPair chimera = new KeyPair(pair.getPublic(), p256.generateKeyPair().getPrivate());

        assertThat(CertificateRequests.verify(p256, UID, CertificateRequests.create(p256, chimera, UID)))
                .isEqualTo(new Malformed<>("certificateRequest.signature", "is not made with the key of the request"));
    }

    @Test
    void every_changed_bit_is_noticed() {
        for (int bit = 0; bit < request.size() * 8; bit++) {
            byte[] changed = request.toArray();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(CertificateRequests.verify(p256, UID, Bytes.of(changed)))
                    .as("bit %d", bit)
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void every_shorter_and_a_longer_one_is_refused() {
        for (int length = 0; length <= request.size() + 1; length++) {
            if (length != request.size()) {
                assertThat(CertificateRequests.verify(p256, UID, Bytes.of(Arrays.copyOf(request.toArray(), length))))
                        .as("%d octets", length)
                        .isInstanceOf(Malformed.class);
            }
        }
    }

    @Property
    void any_octets_are_refused_with_a_reason(@ForAll @Size(max = 300) byte[] octets) {
        assertThat(CertificateRequests.verify(p256, UID, Bytes.of(octets))).isInstanceOf(Malformed.class);
    }

    @Test
    void deep_nesting_is_refused() {
        byte[] nested = new byte[100_000];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }

        assertThat(CertificateRequests.verify(p256, UID, Bytes.of(nested))).isInstanceOf(Malformed.class);
    }
}
