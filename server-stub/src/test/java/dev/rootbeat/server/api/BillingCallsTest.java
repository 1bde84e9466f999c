package dev.rootbeat.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.api.RestClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Plans, usage and invoices over HTTP; the invoices are those of the months before the server was started. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BillingCallsTest {

    private static final String BOTH = "'RoTPublicUIDs':['" + TwoDomains.FROZEN + "','" + TwoDomains.FOREIGN + "','x']";

    private final CertificateManagerServer server;
    private final RestClient client;
    private String home = "";
    private String other = "";

    BillingCallsTest(@TempDir Path folder) throws IOException {
        server = TwoDomains.start(folder, () -> TwoDomains.START);
        client = new RestClient(server.httpUrl());
    }

    @BeforeAll
    void signIn() throws Exception {
        home = token(TwoDomains.KEY);
        other = token(TwoDomains.OTHER_KEY);
        await().until(() ->
                call(other, "invoice/list", "").body().get("Invoices").size() == 2);
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    private String token(String key) throws Exception {
        return call("", "authenticate", "'APIKey':'" + key + "','APISecret':'" + TwoDomains.SECRET + "'")
                .text("AuthToken");
    }

    private Answer call(String token, String call, String fields) throws Exception {
        return client.post("/v1/" + call, token, "{" + fields.replace('\'', '"') + "}");
    }

    private static JsonNode json(String text) {
        return RestClient.json(text.replace('\'', '"'));
    }

    @Test
    void plans_are_listed_with_their_prices() throws Exception {
        assertThat(call(home, "plan/list", "").body()).isEqualTo(json("""
                {'Plans': [
                  {'Plan': 'DEVELOPER', 'Currency': 'EUR', 'MonthPrice': 0, 'RenewPrice': 0, 'UpdatePrice': 0,
                   'TransferPrice': 0, 'MaxDevices': 10},
                  {'Plan': 'COMMERCIAL', 'Currency': 'EUR', 'MonthPrice': 50, 'RenewPrice': 5, 'UpdatePrice': 5,
                   'TransferPrice': 5}]}"""));
    }

    @Test
    void a_plan_is_set_on_a_profile_of_the_own_domain() throws Exception {
        String profile = "'DeviceProfileUID':'"
                + call(home, "deviceprofile/create", "'DeviceProfileName':'one'")
                        .text("DeviceProfileUID") + "'";

        assertThat(call(home, "plan/deviceprofile/set", profile + ",'Plan':'COMMERCIAL'")
                        .text("Plan"))
                .isEqualTo("COMMERCIAL");
        assertThat(call(home, "deviceprofile/get", profile).text("Plan")).isEqualTo("COMMERCIAL");
        call(other, "plan/deviceprofile/set", profile + ",'Plan':'NONE'").isError(404, "NOT_FOUND", "DeviceProfileUID");
        call(home, "plan/deviceprofile/set", profile + ",'Plan':'GOLD'").isError(400, "BAD_REQUEST", "Plan");
    }

    @Test
    void a_plan_is_set_on_things_with_an_answer_for_each() throws Exception {
        JsonNode results = call(home, "plan/things/set", BOTH + ",'Plan':'DEVELOPER'")
                .body()
                .get("Results");

        assertThat(results)
                .map(result -> result.path("Error").asString("accepted"))
                .containsExactly("accepted", "UNKNOWN_DEVICE", "MALFORMED_UID");
        assertThat(call(home, "device/get", "'RoTPublicUID':'" + TwoDomains.FROZEN + "'")
                        .text("Plan"))
                .isEqualTo("DEVELOPER");
        assertThat(call(other, "device/get", "'RoTPublicUID':'" + TwoDomains.FOREIGN + "'")
                        .text("Plan"))
                .isEqualTo("COMMERCIAL");
    }

    @Test
    void usage_is_shown_for_the_domain_and_for_a_device() throws Exception {
        JsonNode usage = call(other, "usage/get", "'Limit':1").body();

        assertThat(usage).isEqualTo(json("""
                {'Devices': [{'RoTPublicUID': '00000000000000b1', 'Plan': 'COMMERCIAL', 'Start': '2027-03-05',
                   'End': '2027-04-05', 'MonthAmount': 50, 'Renewals': 1, 'RenewPrice': 5, 'Updates': 0,
                   'UpdatePrice': 5, 'Transfers': 0, 'TransferPrice': 5, 'Amount': 55}],
                 'NextCursor': '00000000000000b1',
                 'Totals': [{'Currency': 'EUR', 'Devices': 2, 'Renewals': 1, 'Updates': 0, 'Transfers': 0,
                   'Amount': 105}]}"""));
        JsonNode second = call(other, "usage/get", "'Limit':1,'Cursor':'00000000000000b1'")
                .body();
        assertThat(second.at("/Devices/0/RoTPublicUID").asString()).isEqualTo("00000000000000b3");
        assertThat(second.has("NextCursor")).isFalse();
        JsonNode one =
                call(other, "usage/get", "'RoTPublicUID':'00000000000000B3'").body();
        assertThat(one.at("/Totals/0/Amount").asLong()).isEqualTo(50);
        assertThat(call(home, "usage/get", "'RoTPublicUID':'" + TwoDomains.FOREIGN + "'")
                        .body())
                .isEqualTo(json("{'Devices': [], 'Totals': []}"));
    }

    @Test
    void invoices_are_listed_in_pages_and_shown_in_both_forms_to_their_own_domain() throws Exception {
        JsonNode first = call(other, "invoice/list", "'Limit':1").body();
        JsonNode second = call(
                        other,
                        "invoice/list",
                        "'Limit':1,'Cursor':'" + first.get("NextCursor").asString() + "'")
                .body();

        assertThat(first.at("/Invoices/0/Day").asString()).isEqualTo("2027-02-01");
        assertThat(first.at("/Invoices/0/Total").asLong()).isEqualTo(100);
        assertThat(second.at("/Invoices/0/Day").asString()).isEqualTo("2027-03-01");
        assertThat(second.has("NextCursor")).isFalse();
        JsonNode shown = call(other, "invoice/get", "'Number':1").body();
        assertThat(shown.at("/Invoice/Lines"))
                .map(line -> line.get("RoTPublicUID").asString())
                .containsExactly("00000000000000b1", "00000000000000b3");
        assertThat(shown.get("HTML").asString()).startsWith("<!DOCTYPE html>").contains("Total EUR<td>1.00");
        call(other, "invoice/get", "'Number':3").isError(404, "NOT_FOUND", "Number");
        call(other, "invoice/get", "'Number':0").isError(400, "BAD_REQUEST", "Number");
    }
}
