package dev.rootbeat.scenario;

import dev.rootbeat.scenario.testbed.Timeline;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A scenario and what became of it.
 *
 * @param place the feature file
 * @param line the scenario's line in it, from 1
 * @param took real time
 * @param timeline what happened on its testbed; null if it never had one
 */
record Act(
        URI place,
        int line,
        String feature,
        String name,
        List<String> tags,
        List<Step> steps,
        Duration took,
        @Nullable Timeline timeline) {

    /** What became of a step. */
    enum Outcome {
        PASSED,
        FAILED,
        /** A step before it has failed, or the scenario was only read. */
        SKIPPED,
        /** No words fit. */
        UNKNOWN
    }

    /**
     * A step.
     *
     * @param keyword such as Given, When or And
     * @param text as it stands in the file
     * @param words the vocabulary's expression that fits; null if none does
     * @param failure what went wrong; null if nothing did
     */
    record Step(
            String keyword,
            String text,
            int line,
            @Nullable String words,
            Outcome outcome,
            @Nullable Throwable failure) {}

    boolean passed() {
        return steps.stream().allMatch(step -> step.outcome() == Outcome.PASSED);
    }

    /** The step that went wrong. */
    Optional<Step> broken() {
        return steps.stream()
                .filter(step -> step.outcome() == Outcome.FAILED || step.outcome() == Outcome.UNKNOWN)
                .findFirst();
    }

    /** The file as it can be given to the command line again. */
    String file() {
        return "file".equals(place.getScheme()) ? place.getPath() : place.toString();
    }
}
