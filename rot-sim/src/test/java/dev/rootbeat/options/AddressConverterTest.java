package dev.rootbeat.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class AddressConverterTest {

    @ParameterizedTest
    @CsvSource({"127.0.0.1:5684,127.0.0.1,5684", "localhost:0,127.0.0.1,0", "[::1]:65535,0:0:0:0:0:0:0:1,65535"})
    void an_address_is_a_host_and_a_port(String text, String host, int port) {
        InetSocketAddress address = new AddressConverter().convert(text);
        assertThat(address.getAddress().getHostAddress()).isEqualTo(host);
        assertThat(address.getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", ":5684", "localhost:", "localhost:65536", "localhost:x", "::1:5684", "[::1]"})
    void anything_else_is_refused_with_an_example(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new AddressConverter().convert(text))
                .withMessage("an address is HOST:PORT, such as 127.0.0.1:5684 or [::1]:5684, not \"" + text + "\"");
    }

    @Test
    void a_host_that_is_not_known_is_named() {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new AddressConverter().convert("no-such-host.invalid:1"))
                .withMessage("there is no host named \"no-such-host.invalid\"");
    }
}
