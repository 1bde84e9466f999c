package dev.rootbeat.module;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PowerSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void times_that_make_no_sense_are_refused() {
        Duration negative = SECOND.negated();
        assertThatIllegalArgumentException().isThrownBy(() -> new PowerSettings(negative, SECOND, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new PowerSettings(SECOND, negative, SECOND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PowerSettings(SECOND, SECOND.multipliedBy(2), SECOND))
                .withMessageContaining("cannot wake after");
    }
}
