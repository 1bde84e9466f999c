package dev.rootbeat.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {

    @ParameterizedTest
    @CsvSource({
        "250ms,PT0.25S",
        "30s,PT30S",
        "5m,PT5M",
        "24h,PT24H",
        "7d,PT168H",
        "0s,PT0S",
        "999999999d,PT23999999976H"
    })
    void a_duration_is_a_number_and_a_unit(String text, Duration expected) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "m", "5 m", "-5m", "1.5h", "5M", "5min", "9999999999s", "٥m"})
    void anything_else_is_refused_with_an_example(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new DurationConverter().convert(text))
                .withMessageContaining("such as 250ms or 5m, not \"" + text + "\"");
    }
}
