package dev.rootbeat.rot.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyHierarchyTest {

    private static final Bytes MASTER = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");
    private static final RotPublicUid UID = RotPublicUid.parse("0002a5b0c1d2e3f4");

    @Test
    void the_check_of_this_test_is_the_hkdf_of_rfc_5869() throws GeneralSecurityException {
        // RFC 5869, appendix A.3: test case without salt and info
        Bytes inputKey = Bytes.ofHex("0b".repeat(22));

        assertThat(hkdf(inputKey, "", 42).hex())
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    @Test
    void a_root_secret_follows_from_the_master_secret_and_the_uid() throws GeneralSecurityException {
        Bytes secret = KeyHierarchy.rootSecret(MASTER, UID);

        assertThat(secret).isEqualTo(hkdf(MASTER, label("rootbeat root secret") + UID, 32));
        assertThat(secret.hex()).isEqualTo("7e5b58c5b1da98d68c6806ea428dfa085ae786da2fd14808778b541163d0230b");
    }

    @Test
    void a_channel_key_follows_from_the_root_secret() throws GeneralSecurityException {
        Bytes secret = KeyHierarchy.rootSecret(MASTER, UID);

        Bytes key = KeyHierarchy.channelKey(secret);

        assertThat(key).isEqualTo(hkdf(secret, label("rootbeat channel key"), 16));
        assertThat(key.hex()).isEqualTo("76bee038c708898cce9365a13212ff28");
    }

    @Test
    void a_pre_shared_key_follows_from_the_root_secret_and_its_id() throws GeneralSecurityException {
        Bytes secret = KeyHierarchy.rootSecret(MASTER, UID);
        KeyId id = new KeyId(KeyId.Use.PSK_32, UID, 9);

        assertThat(KeyHierarchy.preSharedKey(secret, id))
                .isEqualTo(hkdf(secret, label("rootbeat pre-shared key") + id.encode(), 32));
        assertThat(KeyHierarchy.preSharedKey(secret, new KeyId(KeyId.Use.PSK_16, UID, 9))
                        .size())
                .isEqualTo(16);
        assertThatThrownBy(() -> KeyHierarchy.preSharedKey(secret, new KeyId(KeyId.Use.END_TO_END_V1, UID, 9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not the ID of a PSK");
    }

    @Test
    void a_messages_key_and_nonce_follow_from_the_root_secret_and_its_header() throws GeneralSecurityException {
        Bytes secret = KeyHierarchy.rootSecret(MASTER, UID);
        KeyId header = new KeyId(KeyId.Use.END_TO_END_V2, UID, 9);

        MessageKey key = KeyHierarchy.messageKey(secret, header);

        assertThat(key.key().hex() + key.nonce().hex())
                .isEqualTo(hkdf(secret, label("rootbeat end-to-end") + header.encode(), 29)
                        .hex());
        assertThat(key.toString()).doesNotContain(key.key().hex());
    }

    @Test
    void another_uid_or_another_master_secret_gives_another_root_secret() {
        Bytes otherMaster = Bytes.ofHex("000102030405060708090a0b0c0d0e0e");

        assertThat(KeyHierarchy.rootSecret(MASTER, UID))
                .isNotEqualTo(KeyHierarchy.rootSecret(MASTER, new RotPublicUid(UID.bits() + 1)))
                .isNotEqualTo(KeyHierarchy.rootSecret(otherMaster, UID));
    }

    @Test
    void a_master_secret_shorter_than_a_channel_key_is_refused() {
        Bytes tooShort = Bytes.ofHex("00".repeat(15));

        assertThatThrownBy(() -> KeyHierarchy.rootSecret(tooShort, UID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a master secret has at least 16 octets");
    }

    private static String label(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** HKDF-SHA-256 without salt, written from RFC 5869, sections 2.2 and 2.3. */
    private static Bytes hkdf(Bytes inputKey, String infoHex, int length) throws GeneralSecurityException {
        byte[] pseudoRandomKey = hmac(new byte[32], inputKey.toArray());
        byte[] output = new byte[0];
        byte[] block = new byte[0];
        for (int i = 1; output.length < length; i++) {
            block = hmac(pseudoRandomKey, concatenate(block, HexFormat.of().parseHex(infoHex), new byte[] {(byte) i}));
            output = concatenate(output, block);
        }
        return Bytes.of(Arrays.copyOf(output, length));
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] concatenate(byte[]... parts) {
        byte[] all = new byte[0];
        for (byte[] part : parts) {
            all = Arrays.copyOf(all, all.length + part.length);
            System.arraycopy(part, 0, all, all.length - part.length, part.length);
        }
        return all;
    }
}
