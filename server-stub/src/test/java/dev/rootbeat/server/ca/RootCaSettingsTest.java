package dev.rootbeat.server.ca;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.server.ca.RootCaSettings.Problem;
import dev.rootbeat.server.ca.RootCaSettings.Setting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RootCaSettingsTest {

    private static final Duration YEAR = Duration.ofDays(365);

    @ParameterizedTest
    @ValueSource(strings = {"A", "Acme \"Things\" Ltd.", "東京", "👩‍🔧 on duty"})
    void a_printable_name_is_accepted(String name) {
        assertThat(RootCaSettings.problem(name, YEAR, YEAR, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "nul\0", "tab\t", "\u001b[31mred", "lone \ud800", "line\u2028"})
    void a_blank_or_unprintable_name_is_refused_by_its_field(String name) {
        assertThat(RootCaSettings.problem(name, YEAR, YEAR, null)).hasValueSatisfying(problem -> {
            assertThat(problem.setting()).isEqualTo(Setting.NAME);
            assertThat(problem.reason()).startsWith("must");
        });
    }

    @Test
    void a_name_has_at_most_64_characters_however_many_octets_they_take() {
        assertThat(RootCaSettings.problem("🛰".repeat(64), YEAR, YEAR, null)).isEmpty();
        assertThat(RootCaSettings.problem("a".repeat(65), YEAR, YEAR, null))
                .contains(new Problem(Setting.NAME, "must have at most 64 characters"));
    }

    @ParameterizedTest
    @CsvSource({"PT1S, PT1S, ", "P36525D, P36525D, ", "P30D, P90D, P30D", "P30D, PT2S, PT1.999S", "P30D, P1D, PT0.001S"
    })
    void odd_but_possible_settings_are_accepted(
            Duration validity, Duration deviceValidity, @Nullable Duration renewalWindow) {
        assertThat(RootCaSettings.problem("Acme", validity, deviceValidity, renewalWindow))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, P1D, , VALIDITY, must be from PT1S to PT876600H",
        "PT-1S, P1D, , VALIDITY, must be from PT1S to PT876600H",
        "PT0.999S, P1D, , VALIDITY, must be from PT1S to PT876600H",
        "PT876600H0.1S, P1D, , VALIDITY, must be from PT1S to PT876600H",
        "P1D, PT0S, , DEVICE_VALIDITY, must be from PT1S to PT876600H",
        "P1D, P40000D, , DEVICE_VALIDITY, must be from PT1S to PT876600H",
        "P1D, P90D, PT0S, RENEWAL_WINDOW, must be longer than nothing",
        "P1D, P90D, PT-1S, RENEWAL_WINDOW, must be longer than nothing",
        "P1D, P90D, P90D, RENEWAL_WINDOW, must be shorter than the device validity",
        "P1D, P90D, P91D, RENEWAL_WINDOW, must be shorter than the device validity"
    })
    void impossible_settings_are_refused_by_their_field_with_a_reason(
            Duration validity,
            Duration deviceValidity,
            @Nullable Duration renewalWindow,
            Setting setting,
            String reason) {
        assertThat(RootCaSettings.problem("Acme", validity, deviceValidity, renewalWindow))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.setting()).isEqualTo(setting);
                    assertThat(problem.reason()).startsWith(reason);
                });
    }
}
