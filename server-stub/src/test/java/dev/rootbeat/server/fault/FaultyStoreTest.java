package dev.rootbeat.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.memory.MemoryStore;
import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultyStoreTest {

    private static final Domain DOMAIN = new Domain("a", "A", "key", Bytes.of(new byte[32]));

    private final VirtualTime time = new VirtualTime(Instant.EPOCH);
    private final Store disk = new MemoryStore();

    /** What stands in for the end of the process. */
    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @AfterEach
    void close() {
        disk.close();
    }

    @Test
    void a_slow_write_is_done_later_and_with_the_same_result() {
        Store store = store("once store slow 200ms");

        CompletableFuture<Boolean> slow = save(store);
        time.runFor(Duration.ofMillis(199));
        assertThat(slow).isNotDone();
        assertThat(isSaved()).isFalse();
        time.runFor(Duration.ofMillis(1));

        assertThat(slow).isCompletedWithValue(true);
        assertThat(isSaved()).isTrue();
        assertThat(save(store)).isCompletedWithValue(true);
    }

    @Test
    void a_slow_write_that_fails_tells_why() {
        Store store = store("store slow 200ms");

        CompletableFuture<Boolean> slow = store.write(_ -> {
            throw new Death();
        });
        time.runFor(Duration.ofMillis(200));

        assertThat(slow.handle((_, failure) -> failure)).isCompletedWithValueMatching(Death.class::isInstance);
    }

    @Test
    void a_crash_before_the_commit_leaves_nothing() {
        CompletableFuture<Boolean> written = save(store("crash before-commit domain"));

        assertThat(written).isCompletedExceptionally();
        assertThat(isSaved()).isFalse();
    }

    @Test
    void a_crash_after_the_commit_leaves_everything_and_tells_nobody() {
        CompletableFuture<Boolean> written = save(store("crash after-commit domain"));

        assertThat(written.handle(
                        (_, failure) -> failure instanceof CompletionException ? failure.getCause() : failure))
                .isCompletedWithValueMatching(Death.class::isInstance);
        assertThat(isSaved()).isTrue();
    }

    @Test
    void a_crash_at_another_kind_of_change_does_not_happen() {
        assertThat(save(store("crash before-commit device"))).isCompletedWithValue(true);
    }

    @Test
    void a_crash_is_met_by_the_parts_of_a_transaction_too() {
        Store store = store("crash before-commit delete-webhook");

        CompletableFuture<Boolean> written = store.write(tx -> {
            tx.save(DOMAIN);
            tx.events().deleteWebhook("none");
            return true;
        });

        assertThat(written).isCompletedExceptionally();
        assertThat(isSaved()).isFalse();
    }

    private Store store(String fault) {
        return new FaultyStore(disk, new Faults(List.of(Fault.parse(fault)), 0), time.executor("disk"), () -> {
            throw new Death();
        });
    }

    private static CompletableFuture<Boolean> save(Store store) {
        return store.write(tx -> {
            tx.save(DOMAIN);
            return true;
        });
    }

    private boolean isSaved() {
        return disk.read(view -> view.domain(DOMAIN.id())).isPresent();
    }
}
