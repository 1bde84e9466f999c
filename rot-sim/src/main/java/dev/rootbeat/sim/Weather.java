package dev.rootbeat.sim;

import java.time.Duration;

/**
 * How the simulated network treats every message, in either direction and independently of the others. Different
 * delays let messages overtake each other.
 *
 * @param loss the probability that a message does not arrive, 0 to 1
 * @param duplication the probability that a message arrives a second time, 0 to 1
 * @param minDelay the shortest time that a message takes
 * @param maxDelay the longest time that a message takes; all times between are equally likely
 */
public record Weather(double loss, double duplication, Duration minDelay, Duration maxDelay) {

    /** Nothing goes wrong; a message takes as long as on a good cellular link. */
    public static final Weather CALM = new Weather(0, 0, Duration.ofMillis(100), Duration.ofMillis(100));

    /** @throws IllegalArgumentException if a value is outside its range, or the delays are the wrong way round */
    public Weather {
        if (!(loss >= 0 && loss <= 1 && duplication >= 0 && duplication <= 1)) {
            throw new IllegalArgumentException("loss and duplication lie between 0 and 1");
        }
        if (minDelay.isNegative() || maxDelay.compareTo(minDelay) < 0) {
            throw new IllegalArgumentException(
                    "the delays are not negative, and the longest is not below the shortest");
        }
    }
}
