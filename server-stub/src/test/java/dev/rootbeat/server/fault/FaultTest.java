package dev.rootbeat.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "heartbeat reject",
                "heartbeat 4.29 30s",
                "heartbeat 5.03 10s",
                "1 in 10 heartbeat lose-reply",
                "3 times 0a04f008003c9623 results lose-request",
                "once results delay 250ms",
                "number 5 0a04f008003c9623 heartbeat garble",
                "once certificate wrong-issuer",
                "certificate wrong-key",
                "certificate expired",
                "crl stale",
                "1 in 4 store slow 200ms",
                "1 in 2 webhook down",
                "platform down",
                "once 0a04f008003c9623 platform silent",
                "1 in 3 platform lose-answer",
                "once crash before-commit issued-certificate",
                "once crash after-commit billing-event"
            })
    void a_fault_is_read_as_it_is_written(String text) {
        assertThat(Fault.parse(text)).hasToString(text);
        assertThat(Fault.parse("  " + text.replace(" ", "   ") + " ")).isEqualTo(Fault.parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                              | word 1 of the fault, "", is none of heartbeat, results
            reboot                          | word 1 of the fault, "reboot", is none of heartbeat
            once                            | the fault ends too early: word 2 is missing
            heartbeat                       | the fault ends too early: word 2 is missing, and is none of reject
            heartbeat vanish                | word 2 of the fault, "vanish", is none of reject
            heartbeat 4.29                  | the fault ends too early: word 3 is missing
            heartbeat 4.29 soon             | word 3 of the fault, "soon", does not fit
            heartbeat 4.29 1500ms           | word 3 of the fault, "1500ms", is no whole number of seconds
            heartbeat delay 25h             | word 3 of the fault, "25h", is longer than a day
            heartbeat reject twice          | word 3 of the fault, "twice", is too much
            2 in 3 heartbeat reject         | word 1 of the fault, "2", is not 1: a chance is 1 in so many
            1 in 0 heartbeat reject         | word 3 of the fault, "0", does not fit: it happens 1 in 1 or more, not 1 in 0
            0 times heartbeat reject        | does not fit: it happens 1 time or more, not 0
            number 0 heartbeat reject       | does not fit: occasions are counted from 1, not from 0
            number x heartbeat reject       | word 2 of the fault, "x", is no number
            certificate pink                | word 2 of the fault, "pink", is none of [wrong-issuer, wrong-key, expired]
            platform up                     | word 2 of the fault, "up", is none of [down, silent, lose-answer]
            crl fresh                       | word 2 of the fault, "fresh", is not stale
            crash at-noon device            | word 2 of the fault, "at-noon", is none of [before-commit, after-commit]
            crash before-commit everything  | word 3 of the fault, "everything", is no kind of change; there are
            """)
    void what_is_no_fault_is_refused_by_word_and_reason(String text, String reason) {
        assertThatThrownBy(() -> Fault.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void a_text_that_is_longer_than_any_fault_is_not_read() {
        assertThatThrownBy(() -> Fault.parse("heartbeat ".repeat(100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most " + Fault.MAX_TEXT);
    }

    @Test
    void a_crash_can_be_set_at_every_kind_of_change_of_a_transaction() {
        assertThat(Changes.KINDS)
                .contains("billing-event", "crl", "device", "issued-certificate", "notification", "operation")
                .contains("delete-root-ca", "claim", "enqueue")
                .allSatisfy(kind ->
                        assertThat(Fault.parse("crash after-commit " + kind)).isNotNull());
    }
}
