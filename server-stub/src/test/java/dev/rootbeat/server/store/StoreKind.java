package dev.rootbeat.server.store;

import dev.rootbeat.postgres.PostgresCluster;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.server.store.sql.SqlStore;
import java.nio.file.Path;

/** The stores that the contract binds. */
enum StoreKind {
    MEMORY {
        @Override
        Store open(Path folder) {
            return new MemoryStore();
        }
    },
    SQLITE {
        @Override
        Store open(Path folder) {
            return SqlStore.open(folder.resolve("store.db"));
        }
    },
    POSTGRESQL {
        @Override
        Store open(Path folder) {
            return SqlStore.connect(PostgresCluster.freshDatabase());
        }
    };

    /** Opens an empty store; its files, if it has any, lie in the folder. */
    abstract Store open(Path folder);
}
