package dev.rootbeat.module.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rootbeat.module.at.AtError;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of faults, as the command line, the control port and tests write it. */
class FaultTextTest {

    @Test
    void a_fault_is_what_its_text_says() {
        assertThat(Fault.parse("3 times AT+USECDEVINFO? error SEC busy"))
                .isEqualTo(new Fault.OnCommand(
                        new Span.Times(3, false), new Commands("AT+USECDEVINFO?"), new Effect.Fail(AtError.SEC_BUSY)));
        assertThat(Fault.parse("until AT+ULSTFILE* AT+USECMNG=0,* reply a\\r\\nb"))
                .isEqualTo(new Fault.OnCommand(
                        new Span.Until(new Commands("AT+ULSTFILE*")),
                        new Commands("AT+USECMNG=0,*"),
                        new Effect.Reply("a\r\nb")));
        assertThat(Fault.parse("garble 1 in 500 from host seed 7"))
                .isEqualTo(new Fault.Noise(Fault.Damage.GARBLE, 500, Fault.Way.FROM_HOST, 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AT+CSQ reply +CSQ: 99,99",
                "AT+CSQ reply",
                "AT+CSQ say +CME ERROR: 1685",
                "once AT silence",
                "2 times a boot AT+CGSN hang",
                "once a boot AT+USECMNG=2,0,\"my ca\" reboot",
                "until AT+ULSTFILE* AT+USECMNG=0,* error USECMNG no memory available",
                "AT+COPS=? delay 30s",
                "at+cops=? delay 250ms",
                "drop 1 in 100 to host",
                "garble 1 in 500 from host seed -7",
                "storage full"
            })
    void a_fault_is_written_as_it_was_read(String text) {
        assertThat(Fault.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 times AT silence            | once AT silence",
                "AT+CSQ error 1684             | AT+CSQ error SEC busy",
                "AT+CSQ error sec BUSY         | AT+CSQ error SEC busy",
                "  once   AT+CSQ    delay   1m | once AT+CSQ delay 60s",
                "drop 1 in 9 to host seed 1    | drop 1 in 9 to host",
            })
    void what_means_the_same_is_written_the_same(String read, String written) {
        assertThat(Fault.parse(read)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                       |  1 | \"\" is no command such as AT+CSQ",
                "+CSQ silence             |  1 | \"+CSQ\" is no command such as AT+CSQ",
                "AT+CSQ                   |  7 | what happens is missing; it is one of reply, say, error, delay, silence",
                "AT+CSQ replay 1          |  8 | \"replay\" is one of reply",
                "AT+CSQ say               | 11 | there is nothing to say",
                "AT+CSQ reply \\q         | 14 | \"\\q\" is no escape",
                "AT+CSQ error 1685        | 14 | \"1685\" is no error that the module has",
                "AT+CSQ delay             | 13 | a duration is a whole number",
                "AT+CSQ delay soon        | 14 | a duration is a whole number",
                "AT+CSQ delay 2d          | 14 | a delay is 0s to 86400s",
                "AT+CSQ delay 5 s         | 14 | a duration is a whole number",
                "AT+CSQ silence please    | 16 | \"please\" is too much",
                "0 times AT silence       |  1 | a fault happens 1 to 999999 times, not 0",
                "1234567890 times AT hang |  1 | \"1234567890\" is no number of up to nine digits",
                "3x AT silence            |  1 | \"3x\" is no number",
                "3 AT silence             |  3 | expected \"times\", not \"AT\"",
                "3 times a AT silence     | 11 | expected \"boot\", not \"AT\"",
                "until now AT silence     |  7 | \"now\" is no command",
                "AT+CSQ=\"a silence       |  1 | is no command",
                "storage empty            |  9 | expected \"full\", not \"empty\"",
                "storage full up          | 14 | \"up\" is too much",
                "drop 2 in 100 to host    |  6 | expected \"1\", not \"2\"",
                "drop 1 in all to host    | 11 | \"all\" is no number",
                "drop 1 in 0 to host      | 20 | noise hits 1 in 1 or more octets, not 1 in 0",
                "drop 1 in 10 of host     | 14 | \"of\" is none of to and from",
                "drop 1 in 10 to host seed | 26 | the seed is a whole number",
                "drop 1 in 10 to host now | 22 | \"now\" is too much",
            })
    void what_cannot_be_read_is_refused_naming_the_place_and_the_reason(String text, int place, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.parse(text))
                .withMessageStartingWith("\"" + text + "\", character " + place + ": ")
                .withMessageContaining(reason);
    }

    @Property
    void every_fault_is_read_as_it_was_written(@ForAll("faults") Fault fault) {
        assertThat(Fault.parse(fault.toString())).isEqualTo(fault);
    }

    @Provide
    Arbitrary<Fault> faults() {
        Arbitrary<Fault> onCommand =
                Combinators.combine(spans(), commands(), effects()).as(Fault.OnCommand::new);
        Arbitrary<Fault> noise = Combinators.combine(
                        Arbitraries.of(Fault.Damage.values()),
                        Arbitraries.integers().between(1, 999_999_999),
                        Arbitraries.of(Fault.Way.values()),
                        Arbitraries.longs())
                .as(Fault.Noise::new);
        return Arbitraries.oneOf(onCommand, noise, Arbitraries.just(new Fault.StorageFull()));
    }

    private static Arbitrary<Span> spans() {
        Arbitrary<Integer> times = Arbitraries.integers().between(1, Span.MAX_TIMES);
        return Arbitraries.oneOf(
                Arbitraries.just(new Span.ForGood()),
                Combinators.combine(times, Arbitraries.of(true, false)).as(Span.Times::new),
                commands().map(Span.Until::new));
    }

    private static Arbitrary<Commands> commands() {
        Arbitrary<String> bare =
                Arbitraries.strings().withCharRange('!', '~').excludeChars('"').ofMaxLength(20);
        Arbitrary<String> quoted =
                Arbitraries.strings().withCharRange(' ', '~').excludeChars('"').ofMaxLength(20);
        return Combinators.combine(bare, quoted, bare)
                .as((name, text, rest) -> new Commands("AT" + name + "\"" + text + "\"" + rest));
    }

    private static Arbitrary<Effect> effects() {
        Arbitrary<String> text = Arbitraries.strings().withCharRange('\0', '\u00ff');
        return Arbitraries.oneOf(
                text.map(Effect.Reply::new),
                text.filter(said -> !said.isEmpty()).map(Effect.Say::new),
                Arbitraries.of(AtError.values()).map(Effect.Fail::new),
                Arbitraries.longs()
                        .between(0, Effect.MAX_DELAY.toMillis())
                        .map(millis -> new Effect.Delay(Duration.ofMillis(millis))),
                Arbitraries.of(new Effect.Silence(), new Effect.Hang(), new Effect.Reboot()));
    }
}
