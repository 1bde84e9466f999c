package dev.rootbeat.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class PortConverterTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5684, 65_535})
    void a_port_is_a_number_of_sixteen_bits(int port) {
        assertThat(new PortConverter().convert("" + port)).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "65536", "-1", "+1", "4294967296", "1 ", "0x10", "١", "http"})
    void anything_else_is_refused_with_the_range(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new PortConverter().convert(text))
                .withMessage("a port is a whole number from 0 to 65535, not \"" + text + "\"");
    }
}
