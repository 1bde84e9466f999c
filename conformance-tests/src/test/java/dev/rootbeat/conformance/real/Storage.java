package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.postgres.PostgresCluster;
import dev.rootbeat.server.ServerCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;

/** Where a server in a process of its own keeps its data. */
enum Storage {
    SQLITE {
        @Override
        String empty(Path folder) {
            return "jdbc:sqlite:" + folder.resolve("server.db");
        }

        @Override
        void backUp(String url, Path to) {
            assertThat(new CommandLine(new ServerCommand()).execute("backup", "--db", url, "--to", to.toString()))
                    .isZero();
        }

        @Override
        void restore(Path from, String url) {
            assertThat(new CommandLine(new ServerCommand())
                            .execute("restore", "--db", url, "--from", from.toString(), "--overwrite"))
                    .isZero();
        }
    },

    POSTGRESQL {
        @Override
        String empty(Path folder) {
            return PostgresCluster.freshDatabase();
        }

        @Override
        void backUp(String url, Path to) throws IOException, InterruptedException {
            run("pg_dump", "--format=custom", "--file=" + to, url.replace("jdbc:", ""));
        }

        @Override
        void restore(Path from, String url) throws IOException, InterruptedException {
            run("pg_restore", "--clean", "--if-exists", "--dbname=" + url.replace("jdbc:", ""), from.toString());
            run("psql", "--command=UPDATE crl SET next_update = 0", url.replace("jdbc:", ""));
        }
    };

    /** Returns the name of a store that is empty. */
    abstract String empty(Path folder);

    /** Makes a backup while servers run. */
    abstract void backUp(String url, Path to) throws IOException, InterruptedException;

    /** Puts a backup in place while no server runs. */
    abstract void restore(Path from, String url) throws IOException, InterruptedException;

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command[0], said).isZero();
    }
}
