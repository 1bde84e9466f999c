package dev.rootbeat.conformance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The benchmarks run; how fast they are is nothing for a test. */
class BenchmarksTest {

    @Test
    void every_benchmark_runs_and_has_its_line_in_the_table() throws RunnerException {
        Collection<RunResult> results = Benchmarks.run(new OptionsBuilder()
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(50)));

        assertThat(Benchmarks.table(results).lines().skip(3))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly(
                        "ApiBenchmark.bareOf16Callers",
                        "ApiBenchmark.deviceOf16Callers",
                        "ApiBenchmark.renewOf16Callers",
                        "CertificateBenchmark.issue",
                        "CodecBenchmark.heartbeat",
                        "CodecBenchmark.reply",
                        "CompareBenchmark.idle",
                        "CompareBenchmark.renewal",
                        "HeartbeatBenchmark.bareOf256AtOnce",
                        "HeartbeatBenchmark.idleOf256AtOnce:CALL",
                        "HeartbeatBenchmark.idleOf256AtOnce:WIRE",
                        "HeartbeatBenchmark.idleOfOne:CALL",
                        "HeartbeatBenchmark.idleOfOne:WIRE",
                        "HeartbeatBenchmark.renewalOf16AtOnce:CALL",
                        "HeartbeatBenchmark.renewalOf16AtOnce:WIRE",
                        "HeartbeatBenchmark.renewalOf256AtOnce:CALL",
                        "HeartbeatBenchmark.renewalOf256AtOnce:WIRE",
                        "MachineLimits.commitOfSqlite",
                        "MachineLimits.signatureOfJdk",
                        "MachineLimits.signatureOfProvider");
        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive());
    }
}
