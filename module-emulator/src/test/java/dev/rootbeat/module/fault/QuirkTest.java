package dev.rootbeat.module.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.testing.AtAnswer;
import dev.rootbeat.module.testing.TestHost;
import dev.rootbeat.module.testing.TestModule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Known firmware's peculiarities, as a host meets them: each line with what it comes to within a minute. */
class QuirkTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fresh-file-system | AT+USECMNG=0,0,\"ca\",9 | +CME ERROR: USECMNG no memory available",
                "fresh-file-system | AT+USECMNG=4,0,\"ca\"   | +CME ERROR: operation not supported",
                "fresh-file-system | AT+ULSTFILE / AT+USECMNG=0,0,\"ca\",9 | >",
                "fresh-file-system | AT+ULSTFILE=0 / AT+USECMNG=0,0,\"ca\",9 | >",
                "busy-after-boot   | AT+USECDEVINFO? | +CME ERROR: SEC busy",
                "busy-after-boot   | AT+USECDEVINFO? / AT+USECDEVINFO? / AT+USECDEVINFO? | OK",
                "slow-heartbeat    | AT+USECCONN     | silence",
                "stuck-radio       | AT+CFUN=4       | silence",
                "stuck-radio       | AT+CFUN=4 /   / AT+CFUN=4 | OK",
                "stuck-radio       | AT+COPS=?       | silence",
            })
    void it_shows_in_what_a_line_comes_to(String quirk, String lines, String result) {
        List<Fault> faults = Quirk.of(quirk).orElseThrow().faults();
        try (TestModule module = TestModule.inVirtualTime(null, builder -> builder.faults(faults))) {
            TestHost host = module.plugIn();
            host.send("AT+CMEE=2");
            String last = "";
            for (String line : lines.split(" / ", -1)) {
                last = result(host, line);
            }
            assertThat(last).isEqualTo(result);
        }
    }

    private static String result(TestHost host, String line) {
        try {
            AtAnswer answer = host.send(line.isBlank() ? " " : line, Duration.ofMinutes(1));
            return answer.result();
        } catch (AssertionError silence) {
            return "silence";
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_quirk_is_found_by_its_name(Quirk quirk) {
        assertThat(Quirk.of(quirk.toString())).contains(quirk);
        assertThat(quirk.faults()).isNotEmpty();
    }
}
