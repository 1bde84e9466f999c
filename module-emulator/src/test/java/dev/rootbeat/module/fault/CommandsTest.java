package dev.rootbeat.module.fault;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which commands a pattern means. */
class CommandsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "AT              | AT                  | true",
                "AT              | AT+CSQ              | false",
                "AT*             | AT                  | true",
                "at+csq          | AT+CSQ              | true",
                "AT+CSQ          | AT+CSQ=?            | false",
                "AT+USECMNG=0,*  | AT+USECMNG=0,0,\"c\" | true",
                "AT+USECMNG=0,*  | AT+USECMNG=1,0,\"c\" | false",
                "AT*=?           | AT+CSQ=?            | true",
                "AT*=?           | AT+CSQ?             | false",
                "AT*AT           | AT                  | false",
                "AT*,*,\"IP\"*  | AT+X=1,2,\"IP\",3 | true",
                "AT*,*,\"IP\"*  | AT+X=1,\"IP\",3   | false",
                "AT*a*a          | AT+aba              | true",
                "AT*a*a          | AT+ab               | false",
                "AT**            | ATX                 | true",
                "AT+X=\"a b*\" | AT+X=\"A B c\"     | true",
                "AT+X.           | AT+XY               | false",
            })
    void a_star_stands_for_any_text_and_all_else_for_itself(String pattern, String command, boolean included) {
        assertThat(new Commands(pattern).include(command)).isEqualTo(included);
    }

    @Property
    void a_command_is_still_meant_when_a_star_takes_the_place_of_any_part_of_it(
            @ForAll @CharRange(from = '#', to = '~') @StringLength(max = 30) String text,
            @ForAll @IntRange(max = 30) int one,
            @ForAll @IntRange(max = 30) int other) {
        int from = Math.min(Math.min(one, other), text.length());
        int to = Math.min(Math.max(one, other), text.length());
        var pattern = new Commands("AT" + text.substring(0, from) + "*" + text.substring(to));
        assertThat(pattern.include("AT" + text)).isTrue();
    }

    @Test
    void a_pattern_that_fits_badly_takes_no_longer() {
        assertThat(new Commands("AT" + "*a".repeat(10_000) + "b").include("AT" + "a".repeat(4000)))
                .isFalse();
    }
}
