package dev.rootbeat.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.api.RestClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What operators do with the registrations of the server's own platform, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlatformCallsTest {

    private final CertificateManagerServer server;
    private final RestClient client;
    private String token = "";

    PlatformCallsTest(@TempDir Path folder) throws IOException {
        server = TwoDomains.start(folder, () -> TwoDomains.START);
        client = new RestClient(server.httpUrl());
    }

    @BeforeEach
    void authenticate() throws Exception {
        authenticate(TwoDomains.KEY);
    }

    private void authenticate(String key) throws Exception {
        token = call("authenticate", "'APIKey':'" + key + "','APISecret':'" + TwoDomains.SECRET + "'")
                .text("AuthToken");
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void a_registration_is_disabled_and_enabled_and_keeps_its_first_login() throws Exception {
        String device = "'RoTPublicUID':'" + TwoDomains.DEVICE + "'";
        JsonNode before = only(call("platform/registration/list", device + ",'State':'ACTIVE'"));
        String one = "'Fingerprints':['" + before.get("Fingerprint").asString() + "']";

        assertThat(result(call("platform/registration/disable", one))
                        .get("Accepted")
                        .asBoolean())
                .isTrue();
        JsonNode disabled = only(call("platform/registration/list", device + ",'State':'DISABLED'"));
        assertThat(disabled.get("FirstLogin")).isEqualTo(before.get("FirstLogin"));
        assertThat(call("platform/registration/list", device + ",'State':'ACTIVE'")
                        .body()
                        .get("Registrations"))
                .isEmpty();

        call("platform/registration/enable", one);
        assertThat(only(call("platform/registration/list", device))).isEqualTo(before);
    }

    @Test
    void a_foreign_registration_does_not_exist() throws Exception {
        authenticate(TwoDomains.OTHER_KEY);
        String foreign = only(call("platform/registration/list", "'RoTPublicUID':'" + TwoDomains.FOREIGN + "'"))
                .get("Fingerprint")
                .asString();
        authenticate(TwoDomains.KEY);

        JsonNode refused = result(call("platform/registration/disable", "'Fingerprints':['" + foreign + "']"));

        assertThat(refused.get("Accepted").asBoolean()).isFalse();
        assertThat(refused.get("Error").asString()).isEqualTo("UNKNOWN_REGISTRATION");
        assertThat(call("platform/registration/list", "").body().get("Registrations"))
                .hasSize(2)
                .noneMatch(shown -> shown.get("Fingerprint").asString().equals(foreign));
        authenticate(TwoDomains.OTHER_KEY);
        assertThat(call("platform/registration/list", "'State':'DISABLED'")
                        .body()
                        .get("Registrations"))
                .isEmpty();
    }

    @Test
    void a_root_ca_names_its_platforms_and_whether_they_check_its_crl() throws Exception {
        Answer created = call(
                "ztp/rootca/create",
                "'RootCAName':'x','ValiditySeconds':86400,'DeviceCertificateValiditySeconds':60,'Platforms':[]");
        assertThat(created.body().get("Platforms")).isEmpty();
        String id = "'RootCAID':'" + created.text("RootCAID") + "'";

        call("ztp/rootca/update", id + ",'Platforms':['rootbeat'],'PlatformChecksCRL':true");

        Answer shown = call("ztp/rootca/update", id + ",'DeviceCertificateValiditySeconds':61");
        assertThat(shown.body().at("/Platforms/0").asString()).isEqualTo("rootbeat");
        assertThat(shown.body().get("PlatformChecksCRL").asBoolean()).isTrue();
        assertThat(shown).isEqualTo(call("ztp/rootca/get", id));
    }

    @Test
    void a_platform_that_the_server_does_not_know_is_refused() throws Exception {
        call("ztp/rootca/update", "'RootCAID':'" + TwoDomains.ROOT_CA + "','Platforms':['rootbeat','moon']")
                .isError(400, "BAD_REQUEST", "Platforms");
        assertThat(call("ztp/rootca/get", "'RootCAID':'" + TwoDomains.ROOT_CA + "'")
                        .body()
                        .get("Platforms"))
                .hasSize(1);
    }

    private static JsonNode only(Answer answer) {
        assertThat(answer.body().get("Registrations")).hasSize(1);
        return answer.body().at("/Registrations/0");
    }

    private static JsonNode result(Answer answer) {
        assertThat(answer.body().get("Results")).hasSize(1);
        return answer.body().at("/Results/0");
    }

    private Answer call(String call, String fields) throws Exception {
        return client.post("/v1/" + call, token, "{" + fields.replace('\'', '"') + "}");
    }
}
