package dev.rootbeat.scenario.step;

import dev.rootbeat.module.testing.AtAnswer;
import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.scenario.testbed.Certificates;
import dev.rootbeat.scenario.testbed.Testbed;
import dev.rootbeat.scenario.testbed.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the steps of one scenario share: the testbed, what things are called, and what was seen before. */
public final class Script {

    /** What a device held at some time. */
    record Held(@Nullable Credential credential, String serialNumber) {}

    private final Testbed testbed;
    private final Map<String, String> rootCas = new HashMap<>();
    private final Map<String, String> profiles = new HashMap<>();
    private final Map<RotPublicUid, Held> remembered = new HashMap<>();
    private Testbed.@Nullable Answer answer;
    private @Nullable AtAnswer heard;
    private int sealed;

    /** A script that nothing has happened in. */
    public Script(Testbed testbed) {
        this.testbed = testbed;
    }

    /** Where it plays. */
    public Testbed testbed() {
        return testbed;
    }

    /** Ends the scenario. */
    public void close() {
        testbed.close();
    }

    static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    static ObjectNode of(Cast devices) {
        ObjectNode body = object();
        var uids = body.putArray("RoTPublicUIDs");
        devices.each(unit -> uids.add(unit.uid().toString()));
        return body;
    }

    /** Makes a call that may be refused; {@link #answer} has what it came to. */
    void tries(String domain, String path, ObjectNode body) {
        answer = testbed.call(domain, path, body);
    }

    /** Makes a call that must succeed, for every device that it lists. */
    JsonNode does(String domain, String path, ObjectNode body) {
        tries(domain, path, body);
        Claim.holds(errors().isEmpty(), () -> path + " is refused: " + answer().body());
        return answer().body();
    }

    /** What the last call came to. */
    Testbed.Answer answer() {
        return Objects.requireNonNull(answer, "no operator has asked for anything yet");
    }

    /** A host got an answer. */
    void answered(AtAnswer atAnswer) {
        heard = atAnswer;
    }

    /** What a host was answered last. */
    AtAnswer heard() {
        return Objects.requireNonNull(heard, "no host has sent anything yet");
    }

    /** The errors of the last call: its own, or that of each device that was refused. */
    List<String> errors() {
        if (!answer().isOk()) {
            return List.of(answer().error());
        }
        return answer().body()
                .path("Results")
                .valueStream()
                .map(result -> result.path("Error").asString(""))
                .filter(error -> !error.isEmpty())
                .toList();
    }

    void nameRootCa(String name, String id) {
        rootCas.put(name, id);
    }

    /** The id of the Root CA that the scenario calls so. */
    String rootCa(String name) {
        return known(rootCas, "Root CA", name);
    }

    void nameProfile(String name, String uid) {
        profiles.put(name, uid);
    }

    /** The DeviceProfileUID of the profile that the scenario calls so. */
    String profile(String name) {
        return known(profiles, "device profile", name);
    }

    boolean knowsProfile(String name) {
        return profiles.containsKey(name);
    }

    private static String known(Map<String, String> names, String kind, String name) {
        String id = names.get(name);
        if (id == null) {
            throw new AssertionError(
                    "the scenario has no " + kind + " \"" + name + "\" by now, only " + names.keySet());
        }
        return id;
    }

    /** A serial number for the next device that is sealed. */
    String nextSerial() {
        return "serial-" + ++sealed;
    }

    /** The credential that a device uses now. */
    static Optional<Credential> credential(Unit unit) {
        return unit.module().rootOfTrust().credential(SlotReport.MANAGED);
    }

    /** Remembers what a device holds, for later comparison. */
    void remember(Unit unit) {
        remembered.put(unit.uid(), held(unit));
    }

    /** What a device held when it was last remembered. */
    Held remembered(Unit unit) {
        Held held = remembered.get(unit.uid());
        if (held == null) {
            throw new AssertionError("nothing is remembered of device " + unit.number());
        }
        return held;
    }

    /** What a device holds now. */
    static Held held(Unit unit) {
        return credential(unit)
                .map(credential -> new Held(credential, Certificates.serialNumber(credential)))
                .orElse(new Held(null, ""));
    }

    /** What the server shows of a device's certificates and operations. */
    JsonNode certificates(Unit unit, String domain) {
        return does(
                domain,
                "/v1/ztp/devicecertificate/get",
                object().put("RoTPublicUID", unit.uid().toString()));
    }
}
