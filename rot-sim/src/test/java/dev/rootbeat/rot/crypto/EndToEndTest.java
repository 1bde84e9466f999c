package dev.rootbeat.rot.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.KeyId.Use;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AT reference, section 2.3. */
class EndToEndTest {

    private static final Bytes SECRET = Bytes.ofHex("5e".repeat(32));
    private static final RotPublicUid UID = RotPublicUid.parse("fa04f008003c9623");
    private static final Bytes DATA = Bytes.ofHex("48656c6c6f");

    @ParameterizedTest
    @CsvSource({"END_TO_END_V1,32,16,1", "END_TO_END_V2,28,11,2"})
    void a_message_has_the_length_and_the_first_digit_of_its_format(Use format, int more, int header, String digit) {
        KeyId id = new KeyId(format, UID, 5);
        Bytes message = EndToEnd.protect(SECRET, id, DATA);
        assertThat(message.size()).isEqualTo(DATA.size() + more);
        assertThat(message.hex())
                .startsWith(digit + UID)
                .startsWith(id.encode().hex())
                .doesNotContain(DATA.hex());
        assertThat(id.encode().size()).isEqualTo(header);
        assertThat(EndToEnd.read(SECRET, message)).isEqualTo(new Decoded.Message<>(DATA));
    }

    /** As a reader does that has only what the service's protection parameters say, and no associated data. */
    @Test
    void the_key_and_the_nonce_of_a_header_are_all_that_a_reader_needs() throws InvalidCipherTextException {
        KeyId id = new KeyId(Use.END_TO_END_V1, UID, 77);
        byte[] message = EndToEnd.protect(SECRET, id, DATA).toArray();
        MessageKey key = KeyHierarchy.messageKey(SECRET, header(message));
        var cipher = CCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(
                false,
                new AEADParameters(
                        new KeyParameter(key.key().toArray()), 128, key.nonce().toArray()));
        byte[] plain = new byte[DATA.size()];
        cipher.processBytes(message, 16, message.length - 16, plain, 0);
        cipher.doFinal(plain, 0);
        assertThat(Bytes.of(plain)).isEqualTo(DATA);
    }

    private static KeyId header(byte[] message) {
        return switch (KeyId.ofHeader(Bytes.of(message))) {
            case Decoded.Message<KeyId>(KeyId id) -> id;
            case Decoded.Malformed<KeyId> malformed -> throw new AssertionError(malformed.diagnostic());
        };
    }

    @Property
    void what_was_protected_is_read_again(
            @ForAll boolean second,
            @ForAll long uid,
            @ForAll @LongRange(max = (1 << 20) - 1) long number,
            @ForAll @Size(max = 300) byte[] data) {
        KeyId id = new KeyId(second ? Use.END_TO_END_V2 : Use.END_TO_END_V1, new RotPublicUid(uid), number);
        Bytes message = EndToEnd.protect(SECRET, id, Bytes.of(data));
        assertThat(header(message.toArray())).isEqualTo(id);
        assertThat(EndToEnd.read(SECRET, message)).isEqualTo(new Decoded.Message<>(Bytes.of(data)));
    }

    @Property
    void any_change_of_a_message_is_noticed(
            @ForAll boolean second,
            @ForAll @Size(max = 40) byte[] data,
            @ForAll @IntRange(max = 71) int place,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        KeyId id = new KeyId(second ? Use.END_TO_END_V2 : Use.END_TO_END_V1, UID, 3);
        byte[] message = EndToEnd.protect(SECRET, id, Bytes.of(data)).toArray();
        message[place % message.length] ^= (byte) change;
        assertThat(EndToEnd.read(SECRET, Bytes.of(message))).isInstanceOf(Decoded.Malformed.class);
    }

    @Property
    void octets_that_are_no_message_are_refused_with_a_reason(@ForAll @Size(max = 100) byte[] octets) {
        if (octets.length > 0) {
            octets[0] = (byte) (octets[0] & 0x3F); // the digits of real headers, half of the time
        }
        assertThat(EndToEnd.read(SECRET, Bytes.of(octets))).isInstanceOf(Decoded.Malformed.class);
    }

    @Property
    void a_message_that_lost_its_end_is_refused(@ForAll boolean second, @ForAll @IntRange(max = 40) int length) {
        KeyId id = new KeyId(second ? Use.END_TO_END_V2 : Use.END_TO_END_V1, UID, 3);
        byte[] message = EndToEnd.protect(SECRET, id, Bytes.of(new byte[13])).toArray();
        assertThat(EndToEnd.read(SECRET, Bytes.of(Arrays.copyOf(message, length))))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void a_message_of_another_device_is_refused() {
        Bytes message = EndToEnd.protect(SECRET, new KeyId(Use.END_TO_END_V1, UID, 1), DATA);
        assertThat(EndToEnd.read(Bytes.ofHex("5d".repeat(32)), message))
                .isEqualTo(new Decoded.Malformed<>("data", "is not what the device has encrypted"));
    }
}
