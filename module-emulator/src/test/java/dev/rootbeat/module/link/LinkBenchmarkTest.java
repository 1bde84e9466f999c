package dev.rootbeat.module.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;

@Timeout(30)
@EnabledOnOs(LINUX)
class LinkBenchmarkTest {

    @Test
    void the_benchmark_measures_both_links_beside_a_bare_echo_and_a_crowd() throws Exception {
        var printed = new ByteArrayOutputStream();
        LinkBenchmark.measure(1, 20, 3, new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("3 modules with a host each: [0-9]+ more threads, .* a module"),
                        line -> assertThat(line).endsWith("p99 us"),
                        line -> assertThat(line).matches("TCP bare echo +[0-9]+ +[0-9.]+ +[0-9.]+"),
                        line -> assertThat(line).startsWith("TCP module"),
                        line -> assertThat(line).startsWith("TCP ratio"),
                        line -> assertThat(line).startsWith("PTY bare echo"),
                        line -> assertThat(line).startsWith("PTY module"),
                        line -> assertThat(line).startsWith("PTY ratio"));
    }
}
