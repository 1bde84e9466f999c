package dev.rootbeat.server.model;

import java.util.List;

/**
 * Where a domain wants to be told what happens (requirements, section 8).
 *
 * @param id its identity
 * @param domain the domain that created it
 * @param url the receiver, http or https
 * @param secret the key of the signatures, as text; it is kept as it is, because every delivery is signed with it
 * @param kinds what it wants to be told, in the order of the kinds, each once
 */
public record Webhook(String id, String domain, String url, String secret, List<Notification.Kind> kinds) {

    /** How many webhooks a domain may have: every event is written once for each that wants it. */
    public static final int MAX_PER_DOMAIN = 10;

    /** Names it only: the secret must not reach a log. */
    @Override
    public String toString() {
        return "Webhook[" + id + " " + url + "]";
    }
}
