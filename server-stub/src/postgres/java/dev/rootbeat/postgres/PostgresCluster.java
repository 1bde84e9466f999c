package dev.rootbeat.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.UUID;

/** The PostgreSQL cluster of this test run: {@code .ci/postgres}, which ends when this process does. */
public final class PostgresCluster {

    /** What it ends with where PostgreSQL is not installed. */
    private static final int MISSING = 3;

    private final Process process;
    private final BufferedReader urls;

    private PostgresCluster() {
        try {
            process = new ProcessBuilder(Path.of("..", ".ci", "postgres").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        urls = process.inputReader();
    }

    /** Made at first use. */
    private static final class Shared {
        static final PostgresCluster CLUSTER = new PostgresCluster();
    }

    /** Makes a database and returns its JDBC URL; skips the test where PostgreSQL is not installed. */
    public static String freshDatabase() {
        return Shared.CLUSTER.create("t" + UUID.randomUUID().toString().replace("-", ""));
    }

    private synchronized String create(String name) {
        try {
            process.outputWriter().write(name + "\n");
            process.outputWriter().flush();
            String url = urls.readLine();
            if (url != null) {
                return url;
            }
        } catch (IOException e) {
            // It has ended; its exit code says why.
        }
        int code = process.onExit().join().exitValue();
        assumeTrue(code != MISSING, "PostgreSQL is not installed: this test is skipped");
        assertThat(code).as("exit code of .ci/postgres").isZero();
        throw new AssertionError(".ci/postgres ended");
    }
}
