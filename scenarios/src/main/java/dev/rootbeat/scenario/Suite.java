package dev.rootbeat.scenario;

import dev.rootbeat.scenario.step.Script;
import dev.rootbeat.scenario.testbed.Testbed;
import io.cucumber.core.feature.FeatureWithLines;
import io.cucumber.core.feature.GluePath;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import io.cucumber.plugin.EventListener;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Feature files, and which of their scenarios count.
 *
 * @param paths feature files and folders of them, each perhaps followed by {@code :LINE}; or {@link #SHIPPED}
 * @param tags a tag expression such as {@code @renew and not @slow}; null for all scenarios
 */
record Suite(List<String> paths, @Nullable String tags) {

    /** The suites that come with the program. */
    static final String SHIPPED = "classpath:features";

    /** Finds the steps that no words fit, without running any. */
    List<Act> read() {
        var acts = new Acts(() -> null, _ -> {});
        run(new Play(Suite::none), acts, null, true);
        return acts.all();
    }

    /**
     * Runs the scenarios, each on a testbed of its own.
     *
     * @param heard is told of each scenario when it has ended
     * @param junit where to write verdicts in JUnit's XML form; null for nowhere
     */
    List<Act> play(Supplier<Testbed> testbeds, Acts.Listener heard, @Nullable Path junit) {
        var play = new Play(testbeds);
        var acts = new Acts(play::timeline, heard);
        run(play, acts, junit, false);
        return acts.all();
    }

    private void run(Play play, EventListener listener, @Nullable Path junit, boolean readOnly) {
        var options = new RuntimeOptionsBuilder()
                .addGlue(GluePath.parse(Script.class.getPackageName()))
                .setDryRun(readOnly)
                .setMonochrome()
                .setNoSummary()
                .setPublishQuiet(true);
        paths.forEach(path -> options.addFeature(FeatureWithLines.parse(path)));
        if (tags != null) {
            options.addTagFilter(TagExpressionParser.parse(tags));
        }
        if (junit != null) {
            options.addPluginName("junit:" + junit);
        }
        Runtime.builder()
                .withRuntimeOptions(options.build())
                .withClassLoader(Suite.class::getClassLoader)
                .withObjectFactorySupplier(() -> play)
                .withAdditionalPlugins(listener)
                .build()
                .run();
    }

    private static Testbed none() {
        throw new IllegalStateException("a scenario that is only read has no testbed");
    }
}
