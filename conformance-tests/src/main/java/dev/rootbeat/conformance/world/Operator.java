package dev.rootbeat.conformance.world;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.api.LocalCalls;
import dev.rootbeat.server.device.Instruction;
import dev.rootbeat.server.device.OperationError;
import dev.rootbeat.server.device.OperationService;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.model.RootCa;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operator of a domain, who speaks with the server by the calls of its REST interface alone. While the server is
 * down nothing comes of a call.
 */
public final class Operator {

    /** Less than a token lives. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    private static final String DEVICES = "RoTPublicUIDs";
    private static final String ROOT_CA = "RootCAID";
    private static final String NEW_ROOT_CA = "/v1/ztp/rootca/create";
    private static final String CERTIFICATES = "/v1/ztp/devicecertificate/";

    private final World world;
    private final String domain;
    private @Nullable String token;
    private Instant tokenFrom = Instant.EPOCH;

    Operator(World world, String domain) {
        this.world = world;
        this.domain = domain;
    }

    /** The domain that the operator works for. */
    public String domain() {
        return domain;
    }

    /** Makes a call of the REST interface; nothing if the server is down. */
    public Optional<LocalCalls.Answer> call(String path, ObjectNode body) {
        LocalCalls calls = world.server().calls();
        if (calls == null) {
            return Optional.empty();
        }
        LocalCalls.Answer answer = calls.call(path, token(calls), body.toString());
        if (answer.status() >= 500 && world.server().faults().all().isEmpty()) {
            world.promises().broken().accept("the call " + path + " came to " + answer);
        }
        if (path.equals(NEW_ROOT_CA) && answer.isGood()) {
            world.promises().rootCaCreated(answer.body().path(ROOT_CA).asString());
        }
        Instruction instruction = instruction(path, body);
        if (instruction != null && answer.isGood()) {
            List<OperationService.Answer> each = answers(answer);
            if (instruction instanceof Instruction.Transfer(String _, String consent) && consent != null) {
                world.promises()
                        .consentUsed(
                                consent,
                                each.stream()
                                        .filter(one -> one.error() == null)
                                        .map(OperationService.Answer::device)
                                        .toList());
            }
            each.forEach(one -> world.promises().instructed(domain, instruction, one));
        }
        return Optional.of(answer);
    }

    private @Nullable String token(LocalCalls calls) {
        Instant now = world.server().clock().instant();
        if (token == null || now.isBefore(tokenFrom) || now.isAfter(tokenFrom.plus(TOKEN_LIFE))) {
            ObjectNode credentials = json().put("APIKey", domain).put("APISecret", domain);
            LocalCalls.Answer answer = calls.call("/v1/authenticate", null, credentials.toString());
            token = answer.body().path("AuthToken").asString(null);
            tokenFrom = now;
        }
        return token;
    }

    /** Gives an instruction for some devices; an answer per device, or none if the server is down. */
    public List<OperationService.Answer> instruct(Instruction instruction, List<RotPublicUid> devices) {
        List<OperationService.Answer> answers = call(path(instruction), body(instruction, devices))
                .map(answer -> {
                    if (!answer.isGood()) {
                        throw new IllegalStateException(instruction + " is refused as a whole: " + answer);
                    }
                    return answers(answer);
                })
                .orElse(List.of());
        for (OperationService.Answer answer : answers) {
            world.note(
                    answer.device(),
                    "instruction " + instruction.kind(),
                    answer.error() == null ? "" : answer.error().name());
        }
        return answers;
    }

    private static String path(Instruction instruction) {
        return CERTIFICATES
                + switch (instruction) {
                    case Instruction.Provision _ -> "create";
                    case Instruction.Renew _ -> "renew";
                    case Instruction.Update _ -> "update";
                    case Instruction.Transfer _ -> "rootca/transfer";
                    case Instruction.Delete _ -> "delete";
                    case Instruction.Revoke _ -> "revoke";
                };
    }

    /** What a call asks for; null if it is about no certificates. */
    private static @Nullable Instruction instruction(String path, ObjectNode body) {
        String rootCa = body.path(ROOT_CA).asString("");
        return switch (path) {
            case CERTIFICATES + "create" -> new Instruction.Provision(rootCa);
            case CERTIFICATES + "renew" -> new Instruction.Renew();
            case CERTIFICATES + "update" -> new Instruction.Update();
            case CERTIFICATES + "delete" -> new Instruction.Delete();
            case CERTIFICATES + "rootca/transfer" ->
                new Instruction.Transfer(rootCa, body.path("ConsentCode").asString(null));
            case CERTIFICATES + "revoke" ->
                new Instruction.Revoke(
                        Revocation.Reason.valueOf(body.path("Reason").asString("UNSPECIFIED")));
            default -> null;
        };
    }

    private static ObjectNode body(Instruction instruction, List<RotPublicUid> devices) {
        ObjectNode body = devices(devices);
        if (instruction.namedRootCa() != null) {
            body.put(ROOT_CA, instruction.namedRootCa());
        }
        return switch (instruction) {
            case Instruction.Transfer(String _, String consent)
            when consent != null -> body.put("ConsentCode", consent);
            case Instruction.Revoke(var reason) -> body.put("Reason", reason.name());
            case Instruction.Provision _,
                    Instruction.Renew _,
                    Instruction.Update _,
                    Instruction.Transfer _,
                    Instruction.Delete _ -> body;
        };
    }

    private static List<OperationService.Answer> answers(LocalCalls.Answer answer) {
        var answers = new ArrayList<OperationService.Answer>();
        for (JsonNode result : answer.body().path("Results")) {
            String error = result.path("Error").asString("");
            answers.add(new OperationService.Answer(
                    RotPublicUid.parse(result.path("RoTPublicUID").asString()),
                    error.isEmpty() ? null : OperationError.valueOf(error)));
        }
        return answers;
    }

    /** Creates a Root CA whose certificates live and are renewed as the world's settings say; the server must be up. */
    public RootCa createRootCa(String name, Duration validity) {
        return askForRootCa(name, validity).orElseThrow(() -> new IllegalStateException(name + " is not created"));
    }

    /** Creates such a Root CA; nothing if the server is down or the domain has too many. */
    Optional<RootCa> askForRootCa(String name, Duration validity) {
        WorldSettings settings = world.settings();
        ObjectNode body = json().put("RootCAName", name)
                .put("ValiditySeconds", validity.toSeconds())
                .put(
                        "DeviceCertificateValiditySeconds",
                        settings.times().certificateLife().toSeconds());
        if (settings.times().renewalWindow() != null) {
            body.put(
                    "AutomaticRenewalWindowSeconds",
                    settings.times().renewalWindow().toSeconds());
        }
        return call(NEW_ROOT_CA, body)
                .filter(LocalCalls.Answer::isGood)
                .map(answer -> answer.body().path(ROOT_CA).asString())
                .flatMap(id -> world.server().store().read(view -> view.rootCa(id)));
    }

    /** Creates a code that lets another domain transfer devices to a Root CA of this one; the server must be up. */
    public String consent(RootCa rootCa) {
        return text("/v1/ztp/rootca/consent/create", json().put(ROOT_CA, rootCa.id()), "ConsentCode");
    }

    /** Retires a Root CA: it signs nothing any more. */
    public void retire(RootCa rootCa) {
        call(
                "/v1/ztp/rootca/update",
                json().put(ROOT_CA, rootCa.id())
                        .put(
                                "DeviceCertificateValiditySeconds",
                                rootCa.deviceValidity().toSeconds())
                        .put("State", "DISABLED"));
    }

    /** Gives blacklisted devices the service's features. */
    public void unblock(RotPublicUid... devices) {
        for (RotPublicUid device : devices) {
            world.promises().admission().unblocked(device);
        }
        each("/v1/device/unblock", devices(List.of(devices)));
    }

    /** Declares suspected clones resolved. */
    public void resolve(RotPublicUid... devices) {
        each("/v1/device/resolve", devices(List.of(devices)));
    }

    /** Sets the plan of devices. */
    public void setPlan(Plan plan, RotPublicUid... devices) {
        call("/v1/plan/things/set", devices(List.of(devices)).put("Plan", plan.name()))
                .ifPresent(answer -> answer.body().path("Results").forEach(result -> {
                    RotPublicUid device =
                            RotPublicUid.parse(result.path("RoTPublicUID").asString());
                    String error = result.path("Error").asString("");
                    if (error.isEmpty()) {
                        world.promises().admission().chosen(device, plan);
                    }
                    world.note(device, "/v1/plan/things/set", error);
                }));
    }

    private void each(String path, ObjectNode body) {
        call(path, body)
                .ifPresent(answer -> answer.body()
                        .path("Results")
                        .forEach(result -> world.note(
                                RotPublicUid.parse(result.path("RoTPublicUID").asString()),
                                path,
                                result.path("Error").asString(""))));
    }

    /** Creates a webhook for some kinds of events; returns its id, or nothing if there are too many or the server is down. */
    public Optional<String> createWebhook(String url, Collection<Notification.Kind> kinds) {
        ObjectNode body = json().put("URL", url).put("Secret", World.WEBHOOK_SECRET);
        var events = body.putArray("Events");
        kinds.forEach(kind -> events.add(kind.name()));
        Optional<String> id = call("/v1/notification/webhook/create", body)
                .filter(LocalCalls.Answer::isGood)
                .map(answer -> answer.body().path("WebhookID").asString());
        world.note(domain, "webhook " + url + (id.isPresent() ? "" : " is not created"));
        return id;
    }

    /** Deletes a webhook. */
    public void deleteWebhook(String id) {
        call("/v1/notification/webhook/delete", json().put("WebhookID", id))
                .filter(LocalCalls.Answer::isGood)
                .ifPresent(_ -> {
                    world.promises().webhookDeleted(id);
                    world.note(domain, "webhook deleted");
                });
    }

    private String text(String path, ObjectNode body, String field) {
        LocalCalls.Answer answer = call(path, body).orElseThrow(() -> new IllegalStateException("the server is down"));
        if (!answer.isGood()) {
            throw new IllegalStateException(path + ": " + answer);
        }
        return answer.body().path(field).asString();
    }

    private static ObjectNode devices(List<RotPublicUid> devices) {
        ObjectNode body = json();
        var uids = body.putArray(DEVICES);
        devices.forEach(uid -> uids.add(uid.toString()));
        return body;
    }

    private static ObjectNode json() {
        return JsonMapper.shared().createObjectNode();
    }
}
