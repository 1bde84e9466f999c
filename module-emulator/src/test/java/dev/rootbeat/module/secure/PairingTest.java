package dev.rootbeat.module.secure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.secure.Pairing.Scheme;
import dev.rootbeat.rot.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for data of any length. */
class PairingTest {

    private static final SplittableRandom RANDOM = new SplittableRandom(1);

    private static Pairing pairing(Scheme scheme) {
        return Pairing.draw(scheme, Bytes.ofHex(SecureHost.SECRET), RANDOM);
    }

    private static SecureHost host(Pairing pairing) {
        return new SecureHost(
                pairing.key().hex(),
                pairing.scheme() == Scheme.V1 ? "" : pairing.macKey().hex());
    }

    @Property(tries = 300)
    void what_the_module_protects_the_host_opens(@ForAll Scheme scheme, @ForAll @Size(max = 1040) byte[] data) {
        Pairing pairing = pairing(scheme);
        byte[] frame = SecureFrame.around(pairing.protect(data, Pairing.octets(RANDOM)));
        assertThat(host(pairing).open(new String(frame, StandardCharsets.ISO_8859_1)))
                .isEqualTo(new String(data, StandardCharsets.ISO_8859_1));
    }

    @Property(tries = 300)
    void what_was_changed_in_one_bit_is_not_opened(
            @ForAll Scheme scheme, @ForAll @Size(max = 100) byte[] data, @ForAll @IntRange(max = 10_000) int bit) {
        Pairing pairing = pairing(scheme);
        byte[] body = pairing.protect(data, Pairing.octets(RANDOM));
        assertThat(pairing.open(body)).contains(data);
        int octet = bit / Byte.SIZE % body.length;
        body[octet] ^= (byte) (1 << bit % Byte.SIZE);
        assertThat(pairing.open(body)).isEmpty();
    }

    @Property(tries = 300)
    void any_octets_are_opened_or_not_and_no_more(@ForAll Scheme scheme, @ForAll @Size(max = 400) byte[] body) {
        assertThat(pairing(scheme).open(body)).isEmpty();
    }

    @Property(tries = 20)
    void what_is_stored_is_the_same_pairing(@ForAll Scheme scheme) {
        Pairing pairing = pairing(scheme);
        assertThat(Pairing.decode(pairing.encode())).contains(pairing);
        assertThat(pairing.toString()).doesNotContain(pairing.key().hex());
        assertThat(Pairing.decode(Bytes.of(new byte[3]))).isEmpty();
    }
}
