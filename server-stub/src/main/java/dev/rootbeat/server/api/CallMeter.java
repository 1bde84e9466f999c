package dev.rootbeat.server.api;

import java.time.Duration;

/** Counts the calls of operators. */
@FunctionalInterface
public interface CallMeter {

    /**
     * A call was answered.
     *
     * @param call its path, or {@code other} where there is no such call: never what a caller made up
     * @param status of HTTP
     * @param took from its arrival to its answer
     */
    void answered(String call, int status, Duration took);
}
