package dev.rootbeat.server.model;

/**
 * An event that waits to be delivered.
 *
 * @param webhook the id of the webhook
 * @param event the event
 */
public record Delivery(String webhook, Event event) {}
