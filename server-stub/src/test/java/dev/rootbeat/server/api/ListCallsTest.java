package dev.rootbeat.server.api;

import static dev.rootbeat.server.api.TwoDomains.BLACKLISTED;
import static dev.rootbeat.server.api.TwoDomains.DEVICE;
import static dev.rootbeat.server.api.TwoDomains.FROZEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.api.RestClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Lists with their filters and pages, profiles, and the end of a Root CA, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListCallsTest {

    private static final Instant LATER = Instant.parse("2037-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(TwoDomains.START);
    private final CertificateManagerServer server;
    private final RestClient client;
    private String token = "";

    ListCallsTest(@TempDir Path folder) throws IOException {
        server = TwoDomains.start(folder, now::get);
        client = new RestClient(server.httpUrl());
    }

    @BeforeEach
    void back_to_the_start() throws Exception {
        now.set(TwoDomains.START);
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
    void a_list_goes_on_from_page_to_page_until_there_is_no_cursor() throws Exception {
        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            Answer page = call("device/list", "'Limit':1" + cursor);
            page.body()
                    .get("Devices")
                    .forEach(device -> seen.add(device.get("RoTPublicUID").asString()));
            cursor = page.body().has("NextCursor") ? ",'Cursor':'" + page.text("NextCursor") + "'" : "";
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactly(DEVICE + "", BLACKLISTED + "", FROZEN + "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a1 a2 a3",
                "'Standing':'BLACKLISTED' | a2",
                "'RootCAID':'home-ca' | a1",
                "'RootCAID':'other-ca' | ''",
                "'DeviceProfileUID':'profile','Frozen':false | a1 a2",
                "'Frozen':true | a3",
                "'LastHeartbeatBefore':'2027-03-14T15:09:27Z' | a3",
                "'LastHeartbeatBefore':'2027-03-14T15:09:26Z' | ''",
                "'LastHeartbeatSince':'2027-03-14T15:09:26Z' | a3",
                "'LastHeartbeatSince':'9999-12-31T23:59:59Z' | ''",
                "'CertificateExpiresBefore':'9999-12-31T23:59:59.5Z' | a1",
                "'CertificateExpiresBefore':'2027-03-15T00:00:00Z' | ''",
                "'CertificateExpiresBefore':'0000-01-01T00:00:00Z' | ''"
            })
    void devices_are_listed_by_filter(String filter, String expected) throws Exception {
        var seen = new ArrayList<String>();
        call("device/list", filter)
                .body()
                .get("Devices")
                .forEach(
                        device -> seen.add(device.get("RoTPublicUID").asString().substring(14)));
        assertThat(String.join(" ", seen)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "device/list | 'LastHeartbeatBefore':'2027-02-30T00:00:00Z' | LastHeartbeatBefore",
                "device/list | 'LastHeartbeatBefore':'2027-03-14T15:09:60Z' | LastHeartbeatBefore",
                "device/list | 'LastHeartbeatBefore':'yesterday' | LastHeartbeatBefore",
                "device/list | 'Limit':0 | Limit",
                "device/list | 'Limit':1001 | Limit",
                "device/list | 'Cursor':'0' | Cursor",
                "ztp/devicecertificate/list | 'Cursor':'1.2' | Cursor",
                "device/history | 'RoTPublicUID':'00000000000000a1','Cursor':'-1' | Cursor"
            })
    void filters_and_cursors_that_are_none_are_named(String call, String fields, String field) throws Exception {
        post(call, fields).isError(400, "BAD_REQUEST", field);
    }

    @Test
    void certificates_are_listed_by_issuer_state_and_end() throws Exception {
        assertThat(certificates("")).containsExactly("a1 EFFECTIVE", "a3 REPLACED");
        assertThat(certificates("'State':'REPLACED'")).containsExactly("a3 REPLACED");
        assertThat(certificates("'ExpiresBefore':'2027-04-01T00:00:00Z'")).isEmpty();
        assertThat(certificates("'RootCAID':'home-ca','ExpiresBefore':'2028-01-01T00:00:00Z'"))
                .hasSize(2);
        post("ztp/devicecertificate/list", "'RootCAID':'other-ca'").isError(404, "NOT_FOUND", "RootCAID");

        Answer first = call("ztp/devicecertificate/list", "'Limit':1");
        Answer second = call("ztp/devicecertificate/list", "'Limit':1,'Cursor':'" + first.text("NextCursor") + "'");
        assertThat(second.body().at("/Certificates/0/RoTPublicUID"))
                .isNotEqualTo(first.body().at("/Certificates/0/RoTPublicUID"));
        assertThat(second.body().has("NextCursor")).isFalse();
    }

    @Test
    void a_history_has_every_state_of_every_operation_and_goes_on_in_pages() throws Exception {
        String device = "'RoTPublicUID':'" + DEVICE + "'";
        String list = "'RoTPublicUIDs':['" + DEVICE + "']";
        call("ztp/devicecertificate/renew", list);
        call("ztp/devicecertificate/update", list);
        call("ztp/devicecertificate/delete", list);

        Answer first = call("device/history", device + ",'Limit':2");
        Answer second = call("device/history", device + ",'Limit':2,'Cursor':'" + first.text("NextCursor") + "'");

        assertThat(first.body().get("Operations"))
                .extracting(ListCallsTest::states)
                .containsExactly("RENEW ACCEPTED CANCELLED", "UPDATE ACCEPTED CANCELLED");
        assertThat(second.body().get("Operations"))
                .extracting(ListCallsTest::states)
                .containsExactly("DELETE ACCEPTED");
        assertThat(second.body().has("NextCursor")).isFalse();
    }

    @Test
    void a_profile_changes_by_what_an_update_names_and_what_is_left_out_stays() throws Exception {
        String uid = call("deviceprofile/create", "'DeviceProfileName':'first'").text("DeviceProfileUID");
        String profile = "'DeviceProfileUID':'" + uid + "'";

        call("deviceprofile/update", profile + ",'RootCAID':'home-ca','WhitelistCheck':false");
        Answer renamed = call("deviceprofile/update", profile + ",'DeviceProfileName':'second','Plan':'NONE'");

        assertThat(renamed.body())
                .isEqualTo(RestClient.json(("{'DeviceProfileUID':'" + uid
                                + "','DeviceProfileName':'second','RootCAID':'home-ca','WhitelistCheck':false,'Plan':'NONE'}")
                        .replace('\'', '"')));
        assertThat(call("deviceprofile/get", profile)).isEqualTo(renamed);
        assertThat(call("deviceprofile/list", "'RootCAID':'home-ca'").body().get("DeviceProfiles"))
                .containsExactly(renamed.body());
        assertThat(call("deviceprofile/update", profile + ",'RootCAID':null")
                        .body()
                        .get("RootCAID")
                        .isNull())
                .isTrue();
        post("deviceprofile/update", profile + ",'RootCAID':'other-ca'").isError(404, "NOT_FOUND", "RootCAID");
    }

    @Test
    void a_root_ca_is_deleted_when_nothing_needs_it_any_more() throws Exception {
        authenticate(TwoDomains.OTHER_KEY);
        String first = "'RootCAID':'other-ca'";
        refused(first, "have not expired");
        now.set(LATER);
        authenticate(TwoDomains.OTHER_KEY);
        refused(first, "though expired");

        String rootCa = call(
                        "ztp/rootca/create",
                        "'RootCAName':'New','ValiditySeconds':86400,'DeviceCertificateValiditySeconds':3600")
                .text("RootCAID");
        String id = "'RootCAID':'" + rootCa + "'";
        String profile = "'DeviceProfileUID':'"
                + call("deviceprofile/create", "'DeviceProfileName':'p'," + id).text("DeviceProfileUID") + "'";
        refused(id, "device profile");
        call("deviceprofile/update", profile + ",'RootCAID':null");
        String code = "'ConsentCode':'" + call("ztp/rootca/consent/create", id).text("ConsentCode") + "'";
        refused(id, "consent code");
        call("ztp/rootca/consent/delete", code);
        post("ztp/rootca/consent/delete", code).isError(404, "NOT_FOUND", "ConsentCode");
        String device = "'RoTPublicUIDs':['" + TwoDomains.FOREIGN + "']";
        call("ztp/devicecertificate/rootca/transfer", device + "," + id);
        refused(id, "wait for its certificates");
        call("ztp/devicecertificate/delete", device);

        assertThat(call("ztp/rootca/delete", id).text("RootCAName")).isEqualTo("New");
        post("ztp/rootca/get", id).isError(404, "NOT_FOUND", "RootCAID");
        assertThat(call("ztp/rootca/list", "").body().get("RootCAs"))
                .extracting(one -> one.get("RootCAID").asString())
                .containsExactly("other-ca");
        assertThat(client.send("GET", "/crl/" + rootCa + ".crl").statusCode()).isEqualTo(404);
    }

    private void refused(String rootCa, String reason) throws Exception {
        Answer answer = post("ztp/rootca/delete", rootCa);
        answer.isError(409, "ROOT_CA_IN_USE", "RootCAID");
        assertThat(answer.text("Message")).contains(reason);
    }

    private List<String> certificates(String filter) throws Exception {
        var seen = new ArrayList<String>();
        call("ztp/devicecertificate/list", filter)
                .body()
                .get("Certificates")
                .forEach(one -> seen.add(one.get("RoTPublicUID").asString().substring(14) + " "
                        + one.get("State").asString()));
        seen.sort(null);
        return seen;
    }

    private static String states(JsonNode operation) {
        var states = new StringBuilder(operation.get("Operation").asString());
        operation
                .get("History")
                .forEach(step -> states.append(" ").append(step.get("State").asString()));
        return states.toString();
    }

    private Answer call(String call, String fields) throws Exception {
        Answer answer = post(call, fields);
        assertThat(answer.status()).as("%s %s", call, answer.body()).isEqualTo(200);
        return answer;
    }

    private Answer post(String call, String fields) throws Exception {
        return client.post("/v1/" + call, token, "{" + fields.replace('\'', '"') + "}");
    }
}
