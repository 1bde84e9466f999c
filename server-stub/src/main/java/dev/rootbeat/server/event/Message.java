package dev.rootbeat.server.event;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.Delivery;
import dev.rootbeat.server.model.Event;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Webhook;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a receiver gets, as a POST of JSON. The signature is {@code t=SECONDS,v1=HEX}: SECONDS is when it was sent (Unix
 * time), HEX is the HMAC-SHA-256 (RFC 2104), in lower-case hexadecimal digits, over SECONDS, a full stop, and the body
 * as it was sent; its key is the secret of the webhook in UTF-8. A receiver refuses what is too old for it, and
 * recognises what it has had before by the WebhookID, the RoTPublicUID and the SequenceNumber.
 *
 * @param url the receiver
 * @param body JSON in UTF-8
 * @param signature the value of the header {@value #SIGNATURE}
 */
public record Message(String url, Bytes body, String signature) {

    /** The name of the header that carries the signature. */
    public static final String SIGNATURE = "Rootbeat-Signature";

    private static final String HMAC = "HmacSHA256";

    static Message of(Webhook webhook, Delivery delivery, Instant sentAt) {
        ObjectNode json = JsonMapper.shared().createObjectNode().put("WebhookID", webhook.id());
        describe(delivery.event(), json);
        byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
        return new Message(webhook.url(), Bytes.of(body), signature(webhook.secret(), sentAt, body));
    }

    /** Writes what happened, in the words that deliveries and dead letters share. */
    public static void describe(Event event, ObjectNode to) {
        Notification notification = event.notification();
        to.put("Event", notification.kind().name());
        if (notification.device() != null) {
            to.put("RoTPublicUID", notification.device().toString());
        }
        to.put("SequenceNumber", event.number()).put("At", notification.at().toString());
        if (notification.subject() != null) {
            to.put("Subject", notification.subject());
        }
    }

    private static String signature(String secret, Instant sentAt, byte[] body) {
        String seconds = Long.toString(sentAt.getEpochSecond());
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + HMAC + ", for keys of any length", e);
        }
    }
}
