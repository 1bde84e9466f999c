package dev.rootbeat.server.event;

import java.time.Duration;

/**
 * How deliveries to webhooks are tried.
 *
 * @param timeout how long a receiver may take for its whole answer
 * @param lease how long a delivery belongs to the process that tries it; longer than the time-out by far, since an event
 *     is delivered twice when it ends early, and as long as an event waits when a process dies
 * @param firstPause how long to wait after the first failure; each further failure doubles it
 * @param longestPause what it does not exceed
 * @param maxTries after so many failures it is a dead letter
 * @param atATime how many deliveries this process has under way at most
 * @param perWebhook how many of them go to one webhook at most, so that a slow receiver leaves room for others
 * @param look how long to wait at most before looking for what is due
 */
public record DeliverySettings(
        Duration timeout,
        Duration lease,
        Duration firstPause,
        Duration longestPause,
        int maxTries,
        int atATime,
        int perWebhook,
        Duration look) {

    /** Ten tries within a quarter of an hour: a receiver may be deployed anew meanwhile. */
    public static final DeliverySettings DEFAULT = new DeliverySettings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofMinutes(5),
            10,
            64,
            4,
            Duration.ofMillis(500));

    /** Returns the pause after so many failures, without jitter. */
    Duration pause(int failures) {
        Duration pause = firstPause;
        for (int i = 1; i < failures && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
