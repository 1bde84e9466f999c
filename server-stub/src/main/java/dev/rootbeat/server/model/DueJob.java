package dev.rootbeat.server.model;

import java.time.Instant;

/**
 * When a scheduled job runs next.
 *
 * @param name the job's name
 * @param due when it runs, by the clock of those who run it
 */
public record DueJob(String name, Instant due) {}
