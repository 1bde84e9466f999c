package dev.rootbeat.server.api;

import static dev.rootbeat.server.api.Json.text;
import static dev.rootbeat.server.api.Json.textOrNull;

import dev.rootbeat.server.event.Message;
import dev.rootbeat.server.event.WebhookService;
import dev.rootbeat.server.event.WebhookService.Outcome;
import dev.rootbeat.server.event.WebhookService.Place;
import dev.rootbeat.server.model.DeadLetter;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Event;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Webhook;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Webhooks and what could not be delivered to them. */
final class WebhookCalls {

    private static final String ID = "WebhookID";

    private final WebhookService webhooks;

    WebhookCalls(Services services) {
        this.webhooks = services.webhooks();
    }

    Map<String, Api.Call> calls() {
        return Map.of(
                "/v1/notification/webhook/create", this::create,
                "/v1/notification/webhook/update", this::update,
                "/v1/notification/webhook/delete", this::delete,
                "/v1/notification/webhook/list", (caller, _) -> list(caller),
                "/v1/notification/webhook/deadletter/list", this::deadLetters,
                "/v1/notification/webhook/deadletter/redeliver", this::redeliver);
    }

    /** The only answer that shows the secret. */
    private ApiAnswer create(Domain caller, JsonNode body) {
        Outcome outcome =
                webhooks.create(caller.id(), text(body, "URL"), kinds(body.get("Events")), textOrNull(body, "Secret"));
        return outcome instanceof Outcome.Done(Webhook webhook)
                ? new ApiAnswer.Success(show(webhook).put("Secret", webhook.secret()))
                : answer(outcome);
    }

    private ApiAnswer update(Domain caller, JsonNode body) {
        return answer(webhooks.update(
                caller.id(),
                text(body, ID),
                textOrNull(body, "URL"),
                body.has("Events") ? kinds(body.get("Events")) : null,
                textOrNull(body, "Secret")));
    }

    private static ApiAnswer answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(Webhook webhook) -> new ApiAnswer.Success(show(webhook));
            case Outcome.Unknown _ -> unknown();
            case Outcome.BadUrl(String reason) -> new ApiAnswer.Failure(ApiError.badField("URL", "URL " + reason));
            case Outcome.TooMany _ ->
                new ApiAnswer.Failure(new ApiError(
                        409,
                        ErrorCode.TOO_MANY_WEBHOOKS,
                        null,
                        "a domain has at most " + Webhook.MAX_PER_DOMAIN + " webhooks"));
        };
    }

    private ApiAnswer delete(Domain caller, JsonNode body) {
        return webhooks.delete(caller.id(), text(body, ID)) ? new ApiAnswer.Success(Json.object()) : unknown();
    }

    private ApiAnswer list(Domain caller) {
        ObjectNode answer = Json.object();
        ArrayNode shown = answer.putArray("Webhooks");
        webhooks.list(caller.id()).forEach(webhook -> shown.add(show(webhook)));
        return new ApiAnswer.Success(answer);
    }

    private ApiAnswer deadLetters(Domain caller, JsonNode body) {
        Page page = Page.of(body);
        return webhooks.deadLetters(caller.id(), text(body, ID), page.after(WebhookCalls::place), page.wanted())
                .map(found -> page.answer(
                        "DeadLetters",
                        found,
                        WebhookCalls::show,
                        letter -> id(letter.delivery().event())))
                .orElseGet(WebhookCalls::unknown);
    }

    private ApiAnswer redeliver(Domain caller, JsonNode body) {
        List<Place> places = body.get("DeadLetterIDs")
                .valueStream()
                .map(id -> place(id.asString()))
                .toList();
        List<Boolean> redelivered = webhooks.redeliver(caller.id(), text(body, ID), places);
        ObjectNode answer = Json.object();
        ArrayNode results = answer.putArray("Results");
        for (int i = 0; i < places.size(); i++) {
            ObjectNode result = results.addObject()
                    .put("DeadLetterID", body.get("DeadLetterIDs").get(i).asString())
                    .put("Accepted", redelivered.get(i));
            if (!redelivered.get(i)) {
                result.put("Error", ErrorCode.NOT_FOUND.name())
                        .put("Message", "the domain's webhook has no such dead letter");
            }
        }
        return new ApiAnswer.Success(answer);
    }

    private static ApiAnswer unknown() {
        return new ApiAnswer.Failure(ApiError.notFound(ID, "the domain has no such webhook"));
    }

    private static ObjectNode show(Webhook webhook) {
        ObjectNode shown = Json.object().put(ID, webhook.id()).put("URL", webhook.url());
        ArrayNode events = shown.putArray("Events");
        webhook.kinds().forEach(kind -> events.add(kind.name()));
        return shown;
    }

    private static JsonNode show(DeadLetter letter) {
        Event event = letter.delivery().event();
        ObjectNode shown = Json.object().put("DeadLetterID", id(event));
        Message.describe(event, shown);
        return shown.put("Tries", letter.delivery().tries())
                .put("Reason", letter.reason())
                .put("GivenUpAt", letter.at().toString());
    }

    private static List<Notification.Kind> kinds(JsonNode events) {
        return events.valueStream()
                .map(event -> Notification.Kind.valueOf(event.asString()))
                .toList();
    }

    private static String id(Event event) {
        return event.source() + "." + event.number();
    }

    /** The contract holds ids to this form. */
    private static Place place(String id) {
        int dot = id.lastIndexOf('.');
        return new Place(id.substring(0, dot), Long.parseLong(id.substring(dot + 1)));
    }
}
