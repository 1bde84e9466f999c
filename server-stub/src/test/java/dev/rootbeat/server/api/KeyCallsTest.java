package dev.rootbeat.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.crypto.KeyId;
import dev.rootbeat.rot.crypto.KeyId.Use;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.api.RestClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that devices generated, asked for over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyCallsTest {

    private static final String PSK = "/v1/psk/get";
    private static final String PARAMETERS = "/v1/e2e/uplink/protectionparameters/get";

    private final CertificateManagerServer server;
    private final RestClient client;

    KeyCallsTest(@TempDir Path folder) throws IOException {
        server = TwoDomains.start(folder, () -> TwoDomains.START);
        client = new RestClient(server.httpUrl());
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Use.class,
            names = {"PSK_16", "PSK_32"})
    void the_owner_of_a_device_gets_its_psk(Use use) throws Exception {
        var id = new KeyId(use, TwoDomains.DEVICE, 7);

        Answer answer = psk(id);

        assertThat(answer.text("PSK"))
                .isEqualTo(
                        KeyHierarchy.preSharedKey(secret(TwoDomains.DEVICE), id).hex());
        assertThat(answer.text("ROTPublicUID")).isEqualTo(TwoDomains.DEVICE.toString());
    }

    @Test
    void keys_of_another_domains_device_do_not_exist() throws Exception {
        Answer foreign = psk(new KeyId(Use.PSK_16, TwoDomains.FOREIGN, 1));
        foreign.isError(404, "NOT_FOUND", "PSKID");
        assertThat(foreign).isEqualTo(psk(new KeyId(Use.PSK_16, RotPublicUid.parse("ffffffffffffffff"), 1)));
        header(new KeyId(Use.END_TO_END_V1, TwoDomains.FOREIGN, 1)).isError(404, "NOT_FOUND", "EncryptedHeader");
    }

    @Test
    void a_blacklisted_device_has_no_keys() throws Exception {
        psk(new KeyId(Use.PSK_16, TwoDomains.BLACKLISTED, 1)).isError(409, "NOT_ACTIVATED", "PSKID");
        header(new KeyId(Use.END_TO_END_V2, TwoDomains.BLACKLISTED, 1))
                .isError(409, "NOT_ACTIVATED", "EncryptedHeader");
    }

    @ParameterizedTest
    @CsvSource({
        "PSKID, 30",
        "PSKID, 10",
        "PSKID, xy",
        "EncryptedHeader, ***",
        "EncryptedHeader, ''",
        "EncryptedHeader, EAAA"
    })
    void what_names_no_key_is_refused(String field, String value) throws Exception {
        client.post(field.equals("PSKID") ? PSK : PARAMETERS, token(), "{\"" + field + "\":\"" + value + "\"}")
                .isError(400, "BAD_REQUEST", field);
    }

    private Answer psk(KeyId id) throws Exception {
        return client.post(PSK, token(), "{\"PSKID\":\"" + id.encode().hex() + "\"}");
    }

    private Answer header(KeyId id) throws Exception {
        String base64 = Base64.getEncoder().encodeToString(id.encode().toArray());
        return client.post(PARAMETERS, token(), "{\"EncryptedHeader\":\"" + base64 + "\"}");
    }

    private String token() throws Exception {
        return client.post(
                        "/v1/authenticate",
                        null,
                        "{\"APIKey\":\"" + TwoDomains.KEY + "\",\"APISecret\":\"" + TwoDomains.SECRET + "\"}")
                .text("AuthToken");
    }

    private static Bytes secret(RotPublicUid device) {
        return KeyHierarchy.rootSecret(KeyHierarchy.TEST_MASTER, device);
    }
}
