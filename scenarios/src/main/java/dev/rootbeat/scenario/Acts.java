package dev.rootbeat.scenario;

import dev.rootbeat.scenario.testbed.Timeline;
import io.cucumber.plugin.EventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.HookTestStep;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.Result;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import io.cucumber.plugin.event.TestCaseStarted;
import io.cucumber.plugin.event.TestSourceParsed;
import io.cucumber.plugin.event.TestStepFinished;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what becomes of scenarios while they run. */
final class Acts implements EventListener {

    /** Is told of a scenario that has ended. */
    @FunctionalInterface
    interface Listener {
        void ended(Act act);
    }

    private final Supplier<@Nullable Timeline> timelines;
    private final Listener listener;
    private final Map<URI, String> features = new HashMap<>();
    private final List<Act> acts = new ArrayList<>();
    private final List<Act.Step> steps = new ArrayList<>();

    Acts(Supplier<@Nullable Timeline> timelines, Listener listener) {
        this.timelines = timelines;
        this.listener = listener;
    }

    List<Act> all() {
        return List.copyOf(acts);
    }

    @Override
    public void setEventPublisher(EventPublisher publisher) {
        publisher.registerHandlerFor(
                TestSourceParsed.class,
                parsed -> parsed.getNodes()
                        .forEach(node ->
                                features.put(parsed.getUri(), node.getName().orElse(""))));
        publisher.registerHandlerFor(TestCaseStarted.class, _ -> steps.clear());
        publisher.registerHandlerFor(TestStepFinished.class, this::step);
        publisher.registerHandlerFor(TestCaseFinished.class, this::end);
    }

    private void step(TestStepFinished finished) {
        Result result = finished.getResult();
        Act.Outcome outcome = outcome(result);
        switch (finished.getTestStep()) {
            case PickleStepTestStep step ->
                steps.add(new Act.Step(
                        step.getStep().getKeyword().strip(),
                        step.getStep().getText(),
                        step.getStep().getLine(),
                        outcome == Act.Outcome.UNKNOWN ? null : step.getPattern(),
                        outcome,
                        result.getError()));
            // A hook is a step only where it fails.
            case HookTestStep hook
            when outcome == Act.Outcome.FAILED ->
                steps.add(new Act.Step("", hook.getCodeLocation(), 0, null, outcome, result.getError()));
            default -> {}
        }
    }

    private void end(TestCaseFinished finished) {
        TestCase scenario = finished.getTestCase();
        var act = new Act(
                scenario.getUri(),
                scenario.getLocation().getLine(),
                features.getOrDefault(scenario.getUri(), ""),
                scenario.getName(),
                List.copyOf(scenario.getTags()),
                List.copyOf(steps),
                finished.getResult().getDuration(),
                timelines.get());
        acts.add(act);
        listener.ended(act);
    }

    private static Act.Outcome outcome(Result result) {
        return switch (result.getStatus()) {
            case PASSED -> Act.Outcome.PASSED;
            case FAILED -> Act.Outcome.FAILED;
            case SKIPPED, PENDING, UNUSED -> Act.Outcome.SKIPPED;
            case UNDEFINED, AMBIGUOUS -> Act.Outcome.UNKNOWN;
        };
    }
}
