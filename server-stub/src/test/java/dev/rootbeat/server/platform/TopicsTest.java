package dev.rootbeat.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.RotPublicUid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    private static final RotPublicUid DEVICE = RotPublicUid.parse("00000000000000a1");

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/b, a/c, false",
        "a/b, a, false",
        "a, a/b, false",
        "a/+, a/b, true",
        "a/+, a, false",
        "a/+, a/, true",
        "a/+, a/b/c, false",
        "+/b, a/b, true",
        "a/#, a, true",
        "a/#, a/b/c, true",
        "a/#, b/a, false",
        "#, a/b, true",
        "a/+/c, a//c, true",
        "a/b/, a/b, false"
    })
    void filters_take_names(String filter, String name, boolean taken) {
        assertThat(Topics.matches(filter, name)).isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "+", "#", "a/+/b", "a/#", "+/+/#", "a b"})
    void a_wildcard_stands_for_whole_levels(String filter) {
        assertThat(Topics.isFilter(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a+", "+a/b", "#/a", "a/#/b", "a#", "a/b\0"})
    void no_other_filter_is_well_formed(String filter) {
        assertThat(Topics.isFilter(filter)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "devices/00000000000000a1/x, true",
        "devices/00000000000000a1/x/y, true",
        "devices/00000000000000a1/, false",
        "devices/00000000000000a1, false",
        "devices/00000000000000a2/x, false",
        "devices/00000000000000A1/x, false",
        "devices/00000000000000a1/+, false",
        "devices/00000000000000a1/#, false",
        "x, false"
    })
    void a_device_publishes_below_its_own_name(String name, boolean allowed) {
        assertThat(Topics.mayPublish(DEVICE, name)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"256, true", "257, false"})
    void names_and_filters_have_a_longest_length(int octets, boolean allowed) {
        String name = "devices/00000000000000a1/" + "x".repeat(octets - 25);
        assertThat(Topics.mayPublish(DEVICE, name)).isEqualTo(allowed);
        assertThat(Topics.isFilter(name)).isEqualTo(allowed);
    }
}
