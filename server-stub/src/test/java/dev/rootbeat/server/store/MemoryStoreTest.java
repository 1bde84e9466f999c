package dev.rootbeat.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.server.model.BillingEvent;
import dev.rootbeat.server.model.Operation;
import dev.rootbeat.server.store.memory.MemoryStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {

    private final MemoryStore store = new MemoryStore();

    @Test
    void a_write_is_complete_when_it_returns_and_runs_in_the_callers_thread() {
        var future = store.write(_ -> Thread.currentThread());
        assertThat(future).isCompletedWithValue(Thread.currentThread());
    }

    @Test
    void data_outlives_a_close() {
        store.write(tx -> tx.add(Samples.billing("root", 1))).join();
        store.close();
        List<BillingEvent> billed = store.read(View::billingEvents);
        assertThat(billed).containsExactly(Samples.billing("root", 1));
    }

    @Test
    void a_copy_and_its_original_go_separate_ways() {
        store.write(Samples::fill).join();
        var before = Samples.picture(store);
        var copy = store.copy();
        assertThat(Samples.picture(copy)).isEqualTo(before);

        store.write(tx -> {
                    tx.save(Samples.operation("o", 1, Operation.State.EFFECTIVE));
                    return tx.add(Samples.billing("root", 2));
                })
                .join();
        assertThat(Samples.picture(copy)).isEqualTo(before);
        copy.write(tx -> tx.add(Samples.billing("root", 3))).join();
        List<BillingEvent> billed = store.read(View::billingEvents);
        assertThat(billed).containsExactly(Samples.billing("root", 1), Samples.billing("root", 2));
    }
}
