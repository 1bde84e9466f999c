package dev.rootbeat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.server.store.StoreException;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.server.store.sql.SqlStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoresTest {

    @Test
    void memory_and_sqlite_are_opened_by_name(@TempDir Path folder) {
        try (var memory = Stores.open("memory");
                var sql = Stores.open("jdbc:sqlite:" + folder.resolve("new folder/store.db"))) {
            assertThat(memory).isInstanceOf(MemoryStore.class);
            assertThat(sql).isInstanceOf(SqlStore.class);
            assertThat(folder.resolve("new folder/store.db")).exists();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://user:secret@localhost/rootbeat, behind the question mark",
        "jdbc:postgresql://127.0.0.1:1/rootbeat?user=u&password=secret, store jdbc:postgresql://127.0.0.1:1/rootbeat: it cannot be opened",
        "jdbc:postgresql://[::1/x?user=u&password=secret, it cannot be opened",
        "jdbc:postgres://localhost/rootbeat?user=u&password=secret, jdbc:postgresql://HOST:PORT/DATABASE or memory",
        "jdbc:h2:mem:x, jdbc:sqlite:PATH",
        "'', jdbc:sqlite:PATH",
        "jdbc:sqlite:, plain path",
        "jdbc:sqlite::memory:, plain path",
        "jdbc:sqlite:file:x.db?mode=memory, plain path",
        "jdbc:sqlite:x.db?cache=shared, plain path"
    })
    void other_names_are_refused_with_what_to_write_instead(String name, String hint) {
        assertThatThrownBy(() -> Stores.open(name))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(hint)
                .hasMessageNotContaining("secret");
    }
}
