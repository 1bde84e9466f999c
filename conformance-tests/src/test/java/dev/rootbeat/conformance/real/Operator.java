package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An operator of the first domain, who has the REST interface and nothing else. */
final class Operator implements AutoCloseable {

    static final String KEY = "key";
    static final String SECRET = "secret";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private String token = "";

    Operator(String url) {
        this.url = url;
    }

    /** Creates a Root CA that lives ten years, and returns its id. */
    String createRootCa(String name, Duration deviceValidity) throws IOException {
        return call(
                        "/v1/ztp/rootca/create",
                        object().put("RootCAName", name)
                                .put("ValiditySeconds", Duration.ofDays(3650).toSeconds())
                                .put("DeviceCertificateValiditySeconds", deviceValidity.toSeconds()))
                .get("RootCAID")
                .asString();
    }

    /** Has the certificates of a Root CA renewed when less than this is left of them. */
    void renewAutomatically(String rootCa, Duration window) throws IOException {
        call(
                "/v1/ztp/rootca/update",
                object().put("RootCAID", rootCa).put("AutomaticRenewalWindowSeconds", window.toSeconds()));
    }

    /** Creates a profile without whitelist check, and returns its DeviceProfileUID. */
    String createProfile(String rootCa) throws IOException {
        return call(
                        "/v1/deviceprofile/create",
                        object().put("DeviceProfileName", "profile")
                                .put("RootCAID", rootCa)
                                .put("WhitelistCheck", false)
                                .put("Plan", "COMMERCIAL"))
                .get("DeviceProfileUID")
                .asString();
    }

    /** Has events told to a receiver. */
    void createWebhook(String receiver, List<String> events) throws IOException {
        ObjectNode body = object().put("URL", receiver);
        events.forEach(event -> body.withArray("Events").add(event));
        call("/v1/notification/webhook/create", body);
    }

    /** A Root CA's certificate, PEM. */
    String rootCa(String id) throws IOException {
        return call("/v1/ztp/rootca/get", object().put("RootCAID", id))
                .get("Certificate")
                .asString();
    }

    /** A Root CA's revocation list, PEM. */
    String crl(String id) throws IOException {
        return call("/v1/ztp/rootca/crl/get", object().put("RootCAID", id))
                .get("CRL")
                .asString();
    }

    /** A device's certificates, oldest first, and the operations on them. */
    JsonNode certificates(RotPublicUid device) throws IOException {
        return call("/v1/ztp/devicecertificate/get", object().put("RoTPublicUID", device.toString()));
    }

    /**
     * Asks for an operation.
     *
     * @param operation the end of its path
     * @param rootCa the Root CA that it names; empty if it names none
     * @return an answer per device, in the order given
     */
    List<JsonNode> instruct(String operation, List<RotPublicUid> devices, String rootCa) throws IOException {
        ObjectNode body = object();
        devices.forEach(uid -> body.withArray("RoTPublicUIDs").add(uid.toString()));
        if (!rootCa.isEmpty()) {
            body.put("RootCAID", rootCa);
        }
        return call("/v1/ztp/devicecertificate/" + operation, body)
                .get("Results")
                .valueStream()
                .toList();
    }

    /** Waits until every device has what is wanted. */
    void awaitPeace(List<RotPublicUid> devices) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    for (RotPublicUid uid : devices) {
                        assertThat(certificates(uid).get("Operations"))
                                .isNotEmpty()
                                .extracting(operation -> operation.get("State").asString())
                                .as(uid.toString())
                                .doesNotContain("ACCEPTED", "ORDERED", "DELIVERED");
                    }
                });
    }

    /** The key that a device printed with this id, in hexadecimal digits. */
    String psk(String id) throws IOException {
        return call("/v1/psk/get", object().put("PSKID", id)).get("PSK").asString();
    }

    /** How the message that begins with this header is decrypted. */
    JsonNode protectionParameters(byte[] header) throws IOException {
        return call(
                "/v1/e2e/uplink/protectionparameters/get",
                object().put("EncryptedHeader", Base64.getEncoder().encodeToString(header)));
    }

    /** The CA that devices trust when they log in to the server's own platform, PEM. */
    String platformCa() throws IOException {
        return call("/v1/platform/get", object()).get("Certificate").asString();
    }

    /** A device's registrations with the server's own platform. */
    List<JsonNode> registrations(String uid) throws IOException {
        return call("/v1/platform/registration/list", object().put("RoTPublicUID", uid))
                .get("Registrations")
                .valueStream()
                .toList();
    }

    /**
     * Changes a registration.
     *
     * @param change disable or enable
     */
    void register(String change, Bytes fingerprint) throws IOException {
        ObjectNode body = object();
        body.putArray("Fingerprints").add(fingerprint.hex());
        assertThat(call("/v1/platform/registration/" + change, body)
                        .at("/Results/0/Accepted")
                        .asBoolean())
                .isTrue();
    }

    /** Has the server's own platform look into a Root CA's revocation list, or not. */
    void checkCrl(String rootCa, boolean check) throws IOException {
        call("/v1/ztp/rootca/update", object().put("RootCAID", rootCa).put("PlatformChecksCRL", check));
    }

    /** What a URL gives to anybody who asks. */
    static Bytes get(String url) throws IOException {
        try (var anybody = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response =
                    send(anybody, HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            return Bytes.of(response.body());
        }
    }

    @Override
    public void close() {
        http.close();
    }

    /**
     * Signs in where that is needed: tokens end with the server process.
     *
     * @throws IOException if the server is down, or not up yet
     */
    private JsonNode call(String path, ObjectNode body) throws IOException {
        HttpResponse<String> response = post(path, body);
        if (response.statusCode() == 401) {
            HttpResponse<String> tokens =
                    post("/v1/authenticate", object().put("APIKey", KEY).put("APISecret", SECRET));
            token = json(tokens).path("AuthToken").asString("");
            response = post(path, body);
        }
        if (response.statusCode() == 503) {
            throw new IOException("the server is not up yet: " + response.body());
        }
        assertThat(response.statusCode())
                .as(path + " answers " + response.body())
                .isEqualTo(200);
        return json(response);
    }

    private HttpResponse<String> post(String path, ObjectNode body) throws IOException {
        return send(
                http,
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Authorization", token)
                        .timeout(Duration.ofSeconds(20))
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build(),
                BodyHandlers.ofString());
    }

    private static <T> HttpResponse<T> send(HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        try {
            return client.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
