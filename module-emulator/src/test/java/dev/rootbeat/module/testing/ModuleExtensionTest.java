package dev.rootbeat.module.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class ModuleExtensionTest {

    /** Some of the tests below are to fail, so nobody else may run them. */
    private static final String FROM_HERE = "dev.rootbeat.module.testing.ModuleExtensionTest#runsThemItself";

    private static boolean runs;

    static boolean runsThemItself() {
        return runs;
    }

    @Test
    void modules_and_hosts_are_given_to_tests_and_to_what_runs_before_them() {
        run(Usual.class).assertStatistics(all -> all.succeeded(2).failed(0));
    }

    @Test
    void what_was_said_is_printed_when_a_test_fails_and_the_module_is_closed_after_each() {
        var printed = new ByteArrayOutputStream();
        var made = new ArrayList<TestModule>();
        Failing.extension = new ModuleExtension(
                () -> {
                    made.add(TestModule.inVirtualTime());
                    return made.getLast();
                },
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        run(Failing.class).assertStatistics(all -> all.succeeded(2).failed(1));
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("fails(TestHost) failed; its module and hosts said:"),
                        line -> assertThat(line).endsWith(" 1 > AT+CGMI"),
                        line -> assertThat(line).endsWith(" 1 < u-blox"),
                        line -> assertThat(line).endsWith(" 1 < OK"));
        assertThat(made)
                .as("one for each test that asks for one")
                .hasSize(2)
                .allSatisfy(module -> assertThat(module.isOn()).isFalse());
    }

    @Test
    void a_constructor_is_given_none() {
        run(InConstructor.class).assertStatistics(all -> all.failed(1));
    }

    private static Events run(Class<?> tests) {
        runs = true;
        try {
            return EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(tests))
                    .execute()
                    .testEvents();
        } finally {
            runs = false;
        }
    }

    @ExtendWith(ModuleExtension.class)
    @EnabledIf(FROM_HERE)
    static final class Usual {

        private final List<TestModule> before = new ArrayList<>();

        @BeforeEach
        void prepare(TestModule module, TestHost host) {
            before.add(module);
            host.send("AT+CMEE=2");
        }

        @Test
        void one(TestModule module, TestHost host) {
            assertThat(before).containsExactly(module);
            assertThat(host.send("AT+NONE").result()).isEqualTo("+CME ERROR: unknown");
        }

        @Test
        void another(TestHost host, TestModule module) {
            assertThat(module.received()).containsExactly("AT+CMEE=2");
        }
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    @EnabledIf(FROM_HERE)
    static final class Failing {

        @RegisterExtension
        static ModuleExtension extension = new ModuleExtension();

        @Test
        void fails(TestHost host) {
            assertThat(host.send("AT+CGMI").lines()).containsExactly("quectel");
        }

        @Test
        void passes(TestHost host) {
            assertThat(host.send("AT+CGMI").lines()).containsExactly("u-blox");
        }

        @Test
        void takes_none() {
            assertThat(extension).isNotNull();
        }
    }

    @ExtendWith(ModuleExtension.class)
    @EnabledIf(FROM_HERE)
    static final class InConstructor {

        private final TestModule module;

        InConstructor(TestModule module) {
            this.module = module;
        }

        @Test
        void never_runs() {
            assertThat(module).isNotNull();
        }
    }
}
