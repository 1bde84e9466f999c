package dev.rootbeat.module.channel;

import java.time.Duration;

/**
 * How long a device waits for its server, and how it protects what it says (protocol, section 1). The times are real
 * ones, also where the device lives on a scaled clock: a network does not become faster with it.
 *
 * @param attempt how long the first attempt may take; after it the session is given up
 * @param total how long all attempts together may take, longer than {@code attempt}
 * @param acknowledgement when an unacknowledged message is repeated for the first time: ACK_TIMEOUT (RFC 7252, section
 *     4.8) and the timer of handshake flights (RFC 6347, section 4.2.4.1); each further wait is twice as long
 * @param retransmissions how often an unacknowledged message or flight is repeated
 * @param trust how long an idle session is used on without asking; an older one is resumed by an abbreviated handshake,
 *     because a server that forgot it answers that at once, and a record of it never
 * @param forwardSecrecy whether only TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256 is offered, instead of
 *     TLS_PSK_WITH_AES_128_CCM_8
 */
public record ChannelSettings(
        Duration attempt,
        Duration total,
        Duration acknowledgement,
        int retransmissions,
        Duration trust,
        boolean forwardSecrecy) {

    /** A host waits 150 s for the outcome of a heartbeat. */
    private static final Duration TOTAL = Duration.ofMinutes(2);

    /** Three repetitions of a message end after 45 s at the latest: 2 s, times 1.5 by chance, times 1 + 2 + 4 + 8. */
    private static final Duration ATTEMPT = Duration.ofSeconds(50);

    private static final Duration ACKNOWLEDGEMENT = Duration.ofSeconds(2);
    private static final int RETRANSMISSIONS = 3;

    /** Longer than the heartbeats of an update are apart, shorter than a day. */
    private static final Duration TRUST = Duration.ofHours(1);

    /** What devices do by default: 120 s in all, no forward secrecy. */
    public static final ChannelSettings STANDARD =
            new ChannelSettings(ATTEMPT, TOTAL, ACKNOWLEDGEMENT, RETRANSMISSIONS, TRUST, false);

    /** @throws IllegalArgumentException if a time is not positive or the attempt is not shorter than all of them */
    public ChannelSettings {
        if (!attempt.isPositive() || !acknowledgement.isPositive() || !trust.isPositive() || retransmissions < 1) {
            throw new IllegalArgumentException("times and the number of retransmissions must be positive");
        }
        if (attempt.compareTo(total) >= 0) {
            throw new IllegalArgumentException("an attempt of " + attempt + " leaves no time for another in " + total);
        }
    }
}
