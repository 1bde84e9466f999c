package dev.rootbeat.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.Crl;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaleListsTest {

    @Test
    void lists_stay_as_they_were_first_shown_until_the_fault_is_gone() {
        var faults = new Faults(List.of(), 0);
        var lists = new StaleLists(faults);

        assertThat(lists.apply(list("a", 1)).number()).isEqualTo(1);
        int fault = faults.add(Fault.parse("crl stale"));
        assertThat(lists.apply(list("a", 2)).number()).isEqualTo(2);
        assertThat(lists.apply(list("a", 3)).number()).isEqualTo(2);
        assertThat(lists.apply(list("b", 7)).number()).isEqualTo(7);
        faults.remove(fault);
        assertThat(lists.apply(list("a", 4)).number()).isEqualTo(4);
    }

    private static Crl list(String rootCa, long number) {
        return new Crl(rootCa, number, Instant.EPOCH, Bytes.of(new byte[] {1}));
    }
}
