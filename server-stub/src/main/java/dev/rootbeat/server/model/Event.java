package dev.rootbeat.server.model;

/**
 * A notification with its place in the sequence of its source.
 *
 * @param number counts the notifications of one source from 1, without gaps
 * @param notification what happened
 */
public record Event(long number, Notification notification) {

    /** Returns whose sequence the number is of. */
    public String source() {
        return notification.source();
    }
}
