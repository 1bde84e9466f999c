package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.crypto.FastP256;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks and prints how many of each happen in a second, and as a share of what the machine can do at all,
 * measured in the same run:
 *
 * <pre>mvn -B -ntp -pl conformance-tests -am -Pbench verify -DskipTests</pre>
 *
 * <p>It takes ten minutes, and wants a machine that does nothing else. The limits are of one thread; so where several
 * callers take all cores, or share commits, a share can be above one.
 */
public final class Benchmarks {

    private static final String PROVIDER = "MachineLimits.signatureOfProvider";
    private static final String JDK = "MachineLimits.signatureOfJdk";
    private static final String SQLITE = "MachineLimits.commitOfSqlite";
    private static final String BARE = "HeartbeatBenchmark.bareOf256AtOnce";

    private Benchmarks() {}

    /** Runs all of them. */
    public static void main(String[] args) throws RunnerException {
        Collection<RunResult> results = run(new OptionsBuilder()
                .forks(1)
                .jvmArgsAppend("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
                // After fewer the compiler still takes a quarter of two cores where all of a server is at work.
                .warmupIterations(10)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(2)));
        System.out.print(table(results));
    }

    /** Runs all of them as these options say. */
    static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.include("^" + Benchmarks.class.getPackageName() + "\\.[^.]+\\.[^.]+$")
                        .mode(Mode.Throughput)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }

    /** The figures, sorted by name; the shares are of signatures by the provider and the JDK, of commits, and of bare requests. */
    static String table(Collection<RunResult> results) {
        Map<String, Result<?>> figures = new TreeMap<>();
        results.forEach(result -> figures.put(name(result), result.getPrimaryResult()));
        var table = new StringBuilder();
        table.append(FastP256.ofThisMachine()).append('\n');
        table.append("guard interval ").append(Fleet.GUARD.toNanos()).append(" ns\n");
        table.append("%-42s %12s %8s %10s %10s %10s %10s%n"
                .formatted("", "a second", "+-", "provider", "JDK", "commits", "requests"));
        figures.forEach((name, figure) -> table.append(String.format(
                Locale.ROOT,
                "%-42s %12.0f %7.1f%% %10.3f %10.3f %10.3f %10.3f%n",
                name,
                figure.getScore(),
                100 * figure.getScoreError() / figure.getScore(),
                share(figure, figures, PROVIDER),
                share(figure, figures, JDK),
                share(figure, figures, SQLITE),
                share(figure, figures, BARE))));
        return table.toString();
    }

    private static double share(Result<?> figure, Map<String, Result<?>> figures, String limit) {
        Result<?> whole = figures.get(limit);
        return whole == null ? Double.NaN : figure.getScore() / whole.getScore();
    }

    /** Class and method, and the way where there are two. */
    private static String name(RunResult result) {
        String full = result.getParams().getBenchmark();
        String way = result.getParams().getParam("way");
        String name = full.substring(Benchmarks.class.getPackageName().length() + 1);
        return way == null ? name : name + ":" + way;
    }
}
