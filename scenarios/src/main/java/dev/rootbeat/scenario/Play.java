package dev.rootbeat.scenario;

import dev.rootbeat.scenario.step.Script;
import dev.rootbeat.scenario.testbed.Testbed;
import dev.rootbeat.scenario.testbed.Timeline;
import io.cucumber.core.backend.ObjectFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives every scenario a testbed of its own, and its steps one script. */
final class Play implements ObjectFactory {

    private final Supplier<Testbed> testbeds;
    private final Map<Class<?>, Object> steps = new HashMap<>();
    private @Nullable Script script;

    Play(Supplier<Testbed> testbeds) {
        this.testbeds = testbeds;
    }

    /** The testbed is made by the first step: a scenario that is only read needs none. */
    @Override
    public void start() {
        steps.clear();
        script = null;
    }

    @Override
    public void stop() {
        if (script != null) {
            script.close();
            script = null;
        }
    }

    @Override
    public boolean addClass(Class<?> glue) {
        return true;
    }

    @Override
    public <T> T getInstance(Class<T> glue) {
        return glue.cast(steps.computeIfAbsent(glue, this::make));
    }

    /** What has happened so far on the testbed of the scenario that runs; null if it has none. */
    @Nullable
    Timeline timeline() {
        return script == null ? null : script.testbed().timeline();
    }

    private Object make(Class<?> glue) {
        if (script == null) {
            script = new Script(testbeds.get());
        }
        try {
            return glue.getConstructor(Script.class).newInstance(script);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(glue + " has no constructor that takes a script", e);
        }
    }
}
