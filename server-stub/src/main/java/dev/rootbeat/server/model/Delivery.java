package dev.rootbeat.server.model;

/**
 * An event that waits to be delivered.
 *
 * @param webhook the id of the webhook
 * @param event the event
 * @param tries how often it was tried and failed
 */
public record Delivery(String webhook, Event event, int tries) {

    /** Returns it after another try that failed. */
    public Delivery failedOnceMore() {
        return new Delivery(webhook, event, tries + 1);
    }

    /** Returns it as if it had never been tried. */
    public Delivery anew() {
        return new Delivery(webhook, event, 0);
    }
}
