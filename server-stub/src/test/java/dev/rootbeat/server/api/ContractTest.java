package dev.rootbeat.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.rot.crypto.KeyId;
import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.api.Json.DeviceAnswer;
import dev.rootbeat.server.api.RestClient.Answer;
import dev.rootbeat.server.device.OperationError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The contract and the code are the same. That answers have no other fields than promised is checked by RestClient in all
 * tests; here, that everything promised is there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {

    private static final String BOTH = "\"RoTPublicUIDs\":[\"" + TwoDomains.DEVICE + "\",\"nonsense\"]";

    private final CertificateManagerServer server;
    private final RestClient client;
    private final Set<String> called = new TreeSet<>();
    private String token = "";

    ContractTest(@TempDir Path folder) throws IOException {
        server = TwoDomains.start(folder, () -> TwoDomains.START);
        client = new RestClient(server.httpUrl());
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void every_call_answers_and_every_promised_field_is_sent() throws Exception {
        JsonNode tokens = call(
                        "authenticate", "'APIKey':'" + TwoDomains.KEY + "','APISecret':'" + TwoDomains.SECRET + "'")
                .body();
        call("authenticate/refresh", "'RefreshToken':" + tokens.get("RefreshToken"));
        token = tokens.get("AuthToken").asString();
        String rootCa = call(
                        "ztp/rootca/create",
                        "'RootCAName':'Second','ValiditySeconds':86400,'DeviceCertificateValiditySeconds':3600")
                .text("RootCAID");
        callProfiles(rootCa);
        callDevices();
        callCertificates(rootCa);
        callPlatform();
        callRootCas(rootCa);
        callBilling();
        callWebhooks();
        call("audit/list", "'Limit':1");

        assertThat(called).isEqualTo(client.contract().calls());
        var missing = new TreeSet<>(client.contract().promised());
        missing.removeAll(client.contract().seen());
        assertThat(missing).as("promised and never sent").isEmpty();
    }

    private void callProfiles(String rootCa) throws Exception {
        String profile = "'DeviceProfileUID':'"
                + call("deviceprofile/create", "'DeviceProfileName':'one'").text("DeviceProfileUID") + "'";
        call("deviceprofile/create", "'DeviceProfileName':'two','RootCAID':'" + TwoDomains.ROOT_CA + "'");
        call("deviceprofile/update", profile + ",'RootCAID':'" + rootCa + "'");
        call("deviceprofile/update", profile + ",'RootCAID':null");
        call("deviceprofile/get", profile);
        call("deviceprofile/list", "'Limit':1");
        call("deviceprofile/whitelist/add", profile + "," + BOTH);
        call("deviceprofile/whitelist/add", profile + ",'RoTPublicUIDs':['" + TwoDomains.BLACKLISTED + "']");
        call("deviceprofile/whitelist/list", profile + ",'Limit':1");
        call("deviceprofile/whitelist/remove", profile + "," + BOTH);
    }

    private void callDevices() throws Exception {
        for (Object device : new Object[] {TwoDomains.DEVICE, TwoDomains.FROZEN}) {
            call("device/get", "'RoTPublicUID':'" + device + "'");
        }
        call("device/list", "'Limit':1");
        call("device/list", "'Frozen':true");
        call("device/resolve", BOTH);
        call("device/unblock", BOTH);
        var psk = new KeyId(KeyId.Use.PSK_16, TwoDomains.DEVICE, 7);
        call("psk/get", "'PSKID':'" + psk.encode().hex() + "'");
        var header = new KeyId(KeyId.Use.END_TO_END_V1, TwoDomains.DEVICE, 7);
        call(
                "e2e/uplink/protectionparameters/get",
                "'EncryptedHeader':'"
                        + Base64.getEncoder().encodeToString(header.encode().toArray()) + "'");
    }

    private void callCertificates(String rootCa) throws Exception {
        call("ztp/devicecertificate/renew", BOTH);
        call("ztp/devicecertificate/update", BOTH);
        call("ztp/devicecertificate/rootca/transfer", BOTH + ",'RootCAID':'" + rootCa + "'");
        call("ztp/devicecertificate/delete", BOTH);
        call("ztp/devicecertificate/create", BOTH + ",'RootCAID':'" + rootCa + "'");
        call("ztp/devicecertificate/revoke", BOTH);
        call("ztp/devicecertificate/get", "'RoTPublicUID':'" + TwoDomains.FROZEN + "'");
        call("ztp/devicecertificate/get", "'RoTPublicUID':'" + TwoDomains.DEVICE + "'");
        call("ztp/devicecertificate/list", "'Limit':1");
        call("ztp/devicecertificate/list", "");
        call("device/history", "'RoTPublicUID':'" + TwoDomains.DEVICE + "','Limit':1");
        call("device/history", "'RoTPublicUID':'" + TwoDomains.DEVICE + "'");
    }

    private void callWebhooks() throws Exception {
        String webhook = "'WebhookID':'" + TwoDomains.WEBHOOK + "'";
        call("notification/webhook/create", "'URL':'http://127.0.0.1:9/','Events':['DEVICE_SEALED']");
        call("notification/webhook/list", "");
        call("notification/webhook/update", webhook + ",'URL':'http://localhost:9/'");
        call("notification/webhook/deadletter/list", webhook + ",'Limit':1");
        String id = TwoDomains.DEVICE + ".";
        call("notification/webhook/deadletter/redeliver", webhook + ",'DeadLetterIDs':['" + id + "1','" + id + "9']");
        call("notification/webhook/delete", webhook);
    }

    private void callBilling() throws Exception {
        await().until(() -> call("invoice/list", "").body().get("Invoices").size() == 2);
        call("invoice/list", "'Limit':1");
        call("invoice/get", "'Number':1");
        call("usage/get", "'Limit':1");
        call("plan/list", "");
        call("plan/things/set", BOTH + ",'Plan':'DEVELOPER'");
        String profile =
                call("deviceprofile/create", "'DeviceProfileName':'planned'").text("DeviceProfileUID");
        call("plan/deviceprofile/set", "'DeviceProfileUID':'" + profile + "','Plan':'NONE'");
    }

    private void callPlatform() throws Exception {
        String fingerprint = call("platform/registration/list", "'Limit':1,'RoTPublicUID':'" + TwoDomains.DEVICE + "'")
                .body()
                .at("/Registrations/0/Fingerprint")
                .asString();
        String some = "'Fingerprints':['" + fingerprint + "','" + "0".repeat(64) + "']";
        call("platform/get", "");
        call("platform/registration/list", "'Limit':1");
        call("platform/registration/disable", some);
        call("platform/registration/enable", some);
    }

    private void callRootCas(String rootCa) throws Exception {
        String first = "'RootCAID':'" + TwoDomains.ROOT_CA + "'";
        String second = "'RootCAID':'" + rootCa + "'";
        call("ztp/rootca/get", first);
        call("ztp/rootca/list", "");
        call("ztp/rootca/crl/get", first);
        call("ztp/rootca/devices/get", first);
        call("ztp/rootca/devices/revoke", first);
        call("ztp/rootca/update", second + ",'State':'DISABLED'");
        String code = call("ztp/rootca/consent/create", second).text("ConsentCode");
        call("ztp/rootca/consent/delete", "'ConsentCode':'" + code + "'");
        call("ztp/rootca/delete", second);
    }

    @Test
    void codes_of_errors_are_those_of_the_contract() {
        JsonNode schemas = new OpenApi().document().at("/components/schemas");
        assertThat(schemas.at("/ErrorCode/enum"))
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrderElementsOf(names(ErrorCode.values()));
        var items = new TreeSet<>(names(OperationError.values()));
        items.add(DeviceAnswer.MALFORMED.code());
        assertThat(schemas.at("/ItemError/enum"))
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrderElementsOf(items);
    }

    @Test
    void the_limits_of_the_contract_are_those_of_the_code() {
        JsonNode schemas = new OpenApi().document().at("/components/schemas");
        assertThat(schemas.at("/Limit/maximum").asInt()).isEqualTo(Page.MAX);
        assertThat(schemas.at("/Limit/default").asInt()).isEqualTo(Page.DEFAULT);
    }

    private static Set<String> names(Enum<?>[] constants) {
        return new TreeSet<>(Arrays.stream(constants).map(Enum::name).toList());
    }

    private Answer call(String call, String fields) throws Exception {
        called.add("/v1/" + call);
        Answer answer = client.post("/v1/" + call, token, "{" + fields.replace('\'', '"') + "}");
        assertThat(answer.status()).as("%s %s", call, answer.body()).isEqualTo(200);
        return answer;
    }
}
