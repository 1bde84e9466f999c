package dev.rootbeat.module.testing;

import java.io.PrintStream;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each JUnit test that has a {@link TestModule} or a {@link TestHost} as a parameter a new module and a host in it,
 * closes it after the test, and prints what was said if the test has failed. Methods that run before and after each test
 * can have the same.
 *
 * <p>{@code @ExtendWith(ModuleExtension.class)} gives modules in virtual time; others come from a field with
 * {@code @RegisterExtension}, such as {@code new ModuleExtension(TestModule::inRealTime)}.
 */
public final class ModuleExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace HERE = Namespace.create(ModuleExtension.class);

    private final Supplier<TestModule> modules;
    private final PrintStream out;

    /** Gives modules in virtual time. */
    public ModuleExtension() {
        this(TestModule::inVirtualTime);
    }

    /** Gives the modules that are made here. */
    public ModuleExtension(Supplier<TestModule> modules) {
        this(modules, System.err);
    }

    ModuleExtension(Supplier<TestModule> modules, PrintStream out) {
        this.modules = modules;
        this.out = out;
    }

    /** A module and a host in it, as one test has them. */
    private record Bench(TestModule module, TestHost host) {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        // A constructor's would be there before the test is.
        return test.getTestMethod().isPresent() && (type == TestModule.class || type == TestHost.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Bench bench = test.getStore(HERE).getOrComputeIfAbsent(Bench.class, _ -> bench(), Bench.class);
        return parameter.getParameter().getType() == TestModule.class ? bench.module : bench.host;
    }

    private Bench bench() {
        TestModule module = modules.get();
        return new Bench(module, module.plugIn());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Bench bench = test.getStore(HERE).remove(Bench.class, Bench.class);
        if (bench == null) {
            return;
        }
        try (TestModule module = bench.module) {
            if (test.getExecutionException().isPresent()) {
                out.println(test.getDisplayName() + " failed; its module and hosts said:\n" + module.transcript());
            }
        }
    }
}
