package dev.rootbeat.scenario;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The words that scenarios are written in, each with an example.
 *
 * @param examples from a Cucumber expression to a step that fits it
 */
record Vocabulary(Map<String, String> examples) {

    /** What the shipped suites use, which is all that there is: a test holds them to it. */
    static Vocabulary shipped() {
        var examples = new TreeMap<String, String>();
        new Suite(List.of(Suite.SHIPPED), null)
                .read().stream()
                        .flatMap(act -> act.steps().stream())
                        .filter(step -> step.words() != null)
                        .forEach(step -> examples.putIfAbsent(Objects.requireNonNull(step.words()), step.text()));
        return new Vocabulary(examples);
    }

    /** The example that is nearest to a step that fits nothing. */
    String nearest(String step) {
        return examples.values().stream()
                .min(Comparator.comparingInt(example -> distance(step, example)))
                .orElse("");
    }

    /** How many characters must be put in, taken out or changed (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
