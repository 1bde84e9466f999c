package dev.rootbeat.rot.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checker that holds messages to the definition can fail. */
class CddlTest {

    private final Cddl cddl = Cddl.ofProtocol();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "counter     | 820102             |",
                "counter     | 8101               | counter: has only 1 items",
                "counter     | 83010203           | counter: has 3 items",
                "counter     | 8201f5             | counter[1]: must be",
                "counter     | 8220 01            | counter[0]: must be",
                "counter     | a10102             | counter: must be",
                "seal        | 82 6161 6162       |",
                "seal        | 82 60 6162         | seal[0]: must be",
                "seal        | 82 610a 6162       | seal[0]: must be",
                "seal        | 82 4161 6162       | seal[0]: must be",
                "reason      | 06                 |",
                "reason      | 07                 | reason: must be",
                "status      | 83f4f5f4           |",
                "status      | 83f4f501           | status[2]: must be",
                "slot-report | a1 01 00           |",
                "slot-report | a0                 | slot-report: lacks key 1",
                "slot-report | a1 01 10           | slot-report.1: must be",
                "slot-report | a2 01 00 02 4161   | slot-report.2: must be",
                "slot-report | a2 01 00 05 00     | slot-report: has unknown keys 5",
                "command     | a3 01 00 02 03 03 00 |",
                "command     | a2 01 00 02 03     | command: must be",
                "command     | a2 01 00 02 18 63  | command: must be",
                "result      | a3 01 00 02 03 04 80         |",
                "result      | a3 01 00 02 03 04 81 4161    |",
                "result      | a3 01 00 02 03 04 85 4161 4161 4161 4161 4161 | result: must be",
                "result      | a3 01 00 02 03 04 81 40      | result: must be",
            })
    void an_item_that_breaks_its_rule_is_found(String rule, String item, @Nullable String violation) {
        Bytes octets = Bytes.of(HexFormat.of().parseHex(item.replace(" ", "")));
        String found = cddl.violation(rule, CborItem.read(octets)).orElse("");
        assertThat(found).startsWith(violation == null ? "" : violation);
        assertThat(found.isEmpty()).isEqualTo(violation == null);
    }

    @ParameterizedTest
    @CsvSource({
        "1801",
        "190001",
        "1a00000001",
        "1b0000000000000001",
        "9f01ff",
        "a201000100",
        "a202000100",
        "0101",
        "82",
        "f6"
    })
    void an_item_that_is_not_deterministically_encoded_is_found(String item) {
        assertThat(catchThrowable(() -> CborItem.read(Bytes.ofHex(item)))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void every_name_that_the_definition_uses_is_defined() {
        assertThat(cddl.undefined()).isEmpty();
        assertThat(CddlParser.parse("a = [ b, { 1 => c / 2 } ]").undefined()).containsExactly("b", "c");
    }

    @Test
    void a_definition_in_words_that_the_checker_does_not_know_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CddlParser.parse("a = tstr .size 3"));
        assertThatIllegalArgumentException().isThrownBy(() -> CddlParser.parse("a = #6.1(uint)"));
        assertThatIllegalArgumentException().isThrownBy(() -> CddlParser.parse("a = 1 a = 2"));
    }
}
