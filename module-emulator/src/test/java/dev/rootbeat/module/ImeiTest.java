package dev.rootbeat.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImeiTest {

    @ParameterizedTest
    @ValueSource(strings = {"357862090326242", "001010123456780"})
    void the_check_digit_of_a_real_module_and_of_the_test_number_is_right(String imei) {
        assertThat(Imei.check(imei)).isEqualTo(imei);
    }

    @Property
    void a_drawn_imei_is_one_and_belongs_to_no_real_device(@ForAll long seed) {
        assertThat(Imei.check(Imei.draw(new SplittableRandom(seed))))
                .startsWith("00101")
                .hasSize(15);
    }

    @Property
    void one_wrong_digit_is_found(@ForAll long seed, @ForAll @IntRange(max = 14) int place) {
        StringBuilder digits = new StringBuilder(Imei.draw(new SplittableRandom(seed)));
        digits.setCharAt(place, (char) ('0' + (digits.charAt(place) - '0' + 1) % 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Imei.check(digits.toString()))
                .withMessageContaining("check digit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "35786209032624", "3578620903262421", "35786209032624x", "٣57862090326242"})
    void anything_but_15_digits_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Imei.check(text)).withMessageContaining("15 digits");
    }
}
