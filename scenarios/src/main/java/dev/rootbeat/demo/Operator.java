package dev.rootbeat.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An operator of the certificate manager, who has its REST interface and nothing else. Callable on any thread. */
final class Operator implements AutoCloseable {

    /** A server on the same machine answers within milliseconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final long ROOT_CA_VALIDITY = Duration.ofDays(3650).toSeconds();
    private static final long DEVICE_VALIDITY = Duration.ofDays(365).toSeconds();

    private final HttpClient http;
    private final String url;
    private String token = "";

    /** Stands before a server, not signed in. */
    Operator(String url, Executor executor) {
        this.http = HttpClient.newBuilder()
                .executor(executor)
                .connectTimeout(TIMEOUT)
                .build();
        this.url = url;
    }

    /** Exchanges credentials for a token, which every later call carries. */
    void signIn(String key, String secret) {
        token = call("/v1/authenticate", object().put("APIKey", key).put("APISecret", secret))
                .get("AuthToken")
                .asString();
    }

    /** Creates a Root CA and returns its id. */
    String createRootCa(String name) {
        return call(
                        "/v1/ztp/rootca/create",
                        object().put("RootCAName", name)
                                .put("ValiditySeconds", ROOT_CA_VALIDITY)
                                .put("DeviceCertificateValiditySeconds", DEVICE_VALIDITY))
                .get("RootCAID")
                .asString();
    }

    /** Creates a device profile that takes the devices on its whitelist only, and returns its DeviceProfileUID. */
    String createProfile(String name, String rootCa, List<String> whitelist) {
        String uid = call(
                        "/v1/deviceprofile/create",
                        object().put("DeviceProfileName", name)
                                .put("RootCAID", rootCa)
                                .put("Plan", "COMMERCIAL"))
                .get("DeviceProfileUID")
                .asString();
        ObjectNode body = object().put("DeviceProfileUID", uid);
        perDevice("/v1/deviceprofile/whitelist/add", body, whitelist);
        return uid;
    }

    /** A Root CA's certificate, PEM. */
    String rootCa(String id) {
        return call("/v1/ztp/rootca/get", object().put("RootCAID", id))
                .get("Certificate")
                .asString();
    }

    /** A Root CA's revocation list, PEM. */
    String crl(String id) {
        return call("/v1/ztp/rootca/crl/get", object().put("RootCAID", id))
                .get("CRL")
                .asString();
    }

    /**
     * Asks for an operation on the certificates of devices.
     *
     * @param operation the end of its path, such as {@code renew}
     * @param more fields besides the devices
     * @return the error codes of the devices that were refused
     */
    Map<String, String> order(String operation, List<String> devices, Map<String, String> more) {
        ObjectNode body = object();
        more.forEach(body::put);
        return perDevice("/v1/ztp/devicecertificate/" + operation, body, devices);
    }

    /**
     * Where the last operation of a kind on a device stands, such as {@code EFFECTIVE}, with the reason behind it where
     * there is one; empty if the domain has no such device, or it no such operation.
     */
    Optional<String> operation(String device, String kind) {
        JsonNode shown = callOrNotFound("/v1/ztp/devicecertificate/get", object().put("RoTPublicUID", device));
        Optional<String> state = Optional.empty();
        for (JsonNode operation : shown.path("Operations")) {
            if (operation.get("Operation").asString().equals(kind)) {
                JsonNode last =
                        operation.get("History").get(operation.get("History").size() - 1);
                state = Optional.of(last.get("State").asString()
                        + (last.has("Reason") ? ", " + last.get("Reason").asString() : ""));
            }
        }
        return state;
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private Map<String, String> perDevice(String path, ObjectNode body, List<String> devices) {
        devices.forEach(body.putArray("RoTPublicUIDs")::add);
        Map<String, String> refused = new TreeMap<>();
        for (JsonNode result : call(path, body).get("Results")) {
            if (!result.get("Accepted").asBoolean()) {
                refused.put(
                        result.get("RoTPublicUID").asString(),
                        result.get("Error").asString());
            }
        }
        return refused;
    }

    private JsonNode call(String path, ObjectNode body) {
        JsonNode answer = callOrNotFound(path, body);
        if (answer.has("Error")) {
            throw new DemoFailure(path + " answers " + answer);
        }
        return answer;
    }

    /** Like {@link #call}, but an error in the server's words is an answer too. */
    private JsonNode callOrNotFound(String path, ObjectNode body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", token)
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200 && response.statusCode() != 404) {
                throw new DemoFailure(path + " answers " + response.statusCode() + " " + response.body());
            }
            return JsonMapper.shared().readTree(response.body());
        } catch (IOException e) {
            throw new DemoFailure(path + " cannot be called: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
