package dev.rootbeat.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.Crl;
import dev.rootbeat.server.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code rootbeat server backup} and {@code rootbeat server restore}. */
class BackupTest {

    private static final Bytes OCTETS = Bytes.of(new byte[20_000]);

    private final StringWriter complaint = new StringWriter();
    private @TempDir Path folder;

    @Test
    void a_backup_of_a_store_that_is_being_written_is_one_of_its_states() throws IOException {
        try (Store store = Stores.open(url("server.db"))) {
            write(store, 1);
            var done = new AtomicBoolean();
            var writing = CompletableFuture.runAsync(() -> {
                for (long number = 2; !done.get(); number++) {
                    write(store, number);
                }
            });
            assertThat(run("backup", "--db", url("server.db"), "--to", file("backup.db")))
                    .isZero();
            long before = number(store);
            done.set(true);
            writing.join();
            try (Store backup = Stores.open(url("backup.db"))) {
                assertThat(number(backup)).isBetween(1L, before);
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("backup.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_restored_backup_is_what_it_was_and_stays() {
        try (Store store = Stores.open(url("server.db"))) {
            write(store, 1);
        }
        assertThat(run("backup", "--db", url("server.db"), "--to", file("backup.db")))
                .isZero();
        try (Store store = Stores.open(url("server.db"))) {
            write(store, 2);
        }
        for (String target : new String[] {"server.db", "elsewhere/server.db"}) {
            assertThat(run("restore", "--db", url(target), "--from", file("backup.db"), "--overwrite"))
                    .isZero();
            try (Store store = Stores.open(url(target))) {
                assertThat(number(store)).isEqualTo(1);
                write(store, 3);
            }
        }
        assertThat(folder.resolve("backup.db")).exists();
    }

    @Test
    void the_write_ahead_log_of_a_killed_server_is_not_taken_for_one_of_the_backup() throws IOException {
        try (Store store = Stores.open(url("server.db"))) {
            write(store, 1);
            assertThat(run("backup", "--db", url("server.db"), "--to", file("backup.db")))
                    .isZero();
            write(store, 2);
            // What a kill leaves: the file, and a log that was not moved into it.
            for (String suffix : new String[] {"", "-wal", "-shm"}) {
                Files.copy(folder.resolve("server.db" + suffix), folder.resolve("killed.db" + suffix));
            }
        }
        assertThat(run("restore", "--db", url("killed.db"), "--from", file("backup.db"), "--overwrite"))
                .isZero();
        try (Store store = Stores.open(url("killed.db"))) {
            assertThat(number(store)).isEqualTo(1);
        }
    }

    @Test
    void nothing_is_overwritten_unasked() throws IOException {
        try (Store store = Stores.open(url("server.db"))) {
            write(store, 1);
        }
        Files.writeString(folder.resolve("taken"), "mine");
        refused("there is a file already", "backup", "--db", url("server.db"), "--to", file("taken"));
        assertThat(folder.resolve("taken")).hasContent("mine");
        assertThat(run("backup", "--db", url("server.db"), "--to", file("backup.db")))
                .isZero();
        try (Store store = Stores.open(url("server.db"))) {
            write(store, 2);
            refused(
                    "another server uses it",
                    "restore",
                    "--db",
                    url("server.db"),
                    "--from",
                    file("backup.db"),
                    "--overwrite");
        }
        refused("--overwrite allows it", "restore", "--db", url("server.db"), "--from", file("backup.db"));
        try (Store store = Stores.open(url("server.db"))) {
            assertThat(number(store)).isEqualTo(2);
        }
    }

    @Test
    void what_is_no_backup_is_refused_and_the_data_stays() throws IOException {
        try (Store store = Stores.open(url("server.db"))) {
            write(store, 1);
        }
        byte[] whole = Files.readAllBytes(folder.resolve("server.db"));
        Files.writeString(folder.resolve("text"), "this is no database ".repeat(100));
        Files.createFile(folder.resolve("empty"));
        Files.write(folder.resolve("half"), Arrays.copyOf(whole, whole.length / 2));
        for (String other : new String[] {"text", "empty", "half", "missing"}) {
            refused("store " + file(other), "restore", "--db", url("server.db"), "--from", file(other), "--overwrite");
        }
        refused("store " + file("missing"), "backup", "--db", url("missing"), "--to", file("backup.db"));
        refused("memory is no SQLite file", "backup", "--db", "memory", "--to", file("backup.db"));
        refused("use pg_dump", "backup", "--db", "jdbc:postgresql://h/d?password=hunter2", "--to", file("backup.db"));
        assertThat(folder.resolve("backup.db")).doesNotExist();
        try (Store store = Stores.open(url("server.db"))) {
            assertThat(number(store)).isEqualTo(1);
        }
    }

    private void refused(String why, String... arguments) {
        complaint.getBuffer().setLength(0);
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(complaint.toString()).contains(why).doesNotContain("hunter2");
    }

    private int run(String... arguments) {
        return new CommandLine(new ServerCommand())
                .setErr(new PrintWriter(complaint, true))
                .execute(arguments);
    }

    private static void write(Store store, long number) {
        store.write(tx -> {
                    tx.save(new Crl("root", number, Instant.EPOCH, OCTETS));
                    return true;
                })
                .join();
    }

    private static long number(Store store) {
        Optional<Crl> crl = store.read(view -> view.crl("root"));
        return crl.orElseThrow().number();
    }

    private String url(String file) {
        return "jdbc:sqlite:" + file(file);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
