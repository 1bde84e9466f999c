package dev.rootbeat.rot.protocol;

import java.util.List;

/**
 * What a device sends in {@code POST /hb/results} as soon as it has run the commands of a reply.
 *
 * @param counter the counter of the heartbeat whose reply brought the commands
 * @param results results that the server has not acknowledged, oldest first
 */
public record Results(Counter counter, List<Result> results) {}
