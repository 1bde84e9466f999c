package dev.rootbeat.server.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.server.device.PlanLimit;
import dev.rootbeat.server.model.Tariff;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** Money on the command line. */
class BillingOptionsTest {

    /** A command that has nothing else. */
    @Command
    private static final class Alone {

        @Mixin
        private BillingOptions options = new BillingOptions();
    }

    private static BillingOptions parse(String... words) {
        var command = new Alone();
        new CommandLine(command).parseArgs(words);
        return command.options;
    }

    @Test
    void without_options_prices_are_the_usual_ones_and_invoices_stay_where_they_are() {
        assertThat(parse().config()).isEqualTo(BillingConfig.DEFAULT);
        assertThat(parse().planLimit()).isEqualTo(PlanLimit.DEFAULT);
    }

    @Test
    void prices_limits_and_channels_are_as_they_are_said() {
        BillingOptions options = parse(
                "--price",
                "COMMERCIAL=CHF:1,2,3,4",
                "--price",
                "DEVELOPER=CHF:5,6,7,8",
                "--developer-devices",
                "3",
                "--invoices",
                "dir",
                "--smtp",
                "smtp://mail.example",
                "--mail-to",
                "a@example.com");

        assertThat(options.config().prices())
                .isEqualTo(new PriceList(new Tariff("CHF", 5, 6, 7, 8), new Tariff("CHF", 1, 2, 3, 4)));
        assertThat(options.config().channels()).map(Channel::name).containsExactly("folder", "mail");
        assertThat(options.planLimit()).isEqualTo(new PlanLimit(3));
    }

    @ParameterizedTest
    @CsvSource({
        "--price COMMERCIAL=1, --price",
        "--smtp mail.example, --smtp",
        "--smtp smtp://mail.example, --smtp: say with --mail-to",
        "--smtp smtp://mail.example --mail-to nobody, no e-mail address",
        "--smtp smtp://mail.example --mail-to key=a@example.com, --smtp: say with --mail-to",
        "--smtp smtp://mail.example --mail-to a@example.com --mail-to key=nobody, no e-mail address",
        "--smtp smtp://mail.example --mail-to a@example.com --mail-to b@example.com, only one address is without a key",
        "--developer-devices -1, --developer-devices"
    })
    void what_does_not_fit_is_refused_with_the_options_name(String line, String said) {
        assertThatThrownBy(() -> {
                    BillingOptions options = parse(line.split(" "));
                    var _ = options.config();
                    var _ = options.planLimit();
                })
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(said);
    }
}
