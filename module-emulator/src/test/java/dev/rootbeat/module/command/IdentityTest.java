package dev.rootbeat.module.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.Product;
import dev.rootbeat.module.network.SimCard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who the module, its card and its clock are (AT reference, sections 3.3 and 7.1). */
class IdentityTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+CGSN      | 357862090326242 OK",
                "AT+CGSN=0    | 357862090326242 OK",
                "AT+CGSN=1    | 357862090326242 OK",
                "AT+CGSN=2    | 3578620903262400 OK",
                "AT+CGSN=3    | 00 OK",
                "AT+CGSN=255  | 35786209032624 OK",
                "AT+CGSN=4    | +CME ERROR: incorrect parameters",
                "AT+GSN       | 357862090326242 OK",
                "AT+CGMI      | u-blox OK",
                "AT+CGMM      | SARA-R510M8S OK",
                "AT+CGMR      | 03.15 OK",
                "ATI0         | SARA-R510M8S-01B-00 OK",
                "ATI9         | 03.15,A00.01 OK",
                "ATI1         | +CME ERROR: incorrect parameters",
                "AT+GCAP      | +GCAP: +CGSM OK",
                "AT+CCID?     | +CCID: 89880010102090326241 OK",
                "AT+CPIN?     | +CPIN: READY OK",
                "AT+CPIN=\"1234\" | +CME ERROR: operation not allowed",
                "AT+CLCK=\"SC\",2 | +CLCK: 0 OK",
                "AT+CLCK=\"SC\",1,\"1234\" | +CME ERROR: operation not allowed",
                "AT+CLCK=\"SC\",3 | +CME ERROR: incorrect parameters",
                "AT+CTZU=1;+CTZU? | +CTZU: 1 OK",
                "AT+CTZR=2;+CTZR? | +CTZR: 2 OK",
                "AT+CTZR=3    | +CME ERROR: incorrect parameters",
                "AT+CCLK=\"26/13/01,00:00:00\" | +CME ERROR: incorrect parameters",
                "AT+CCLK=\"26/02/29,00:00:00\" | +CME ERROR: incorrect parameters",
                "AT+CCLK=\"noon\" | +CME ERROR: incorrect parameters",
                "AT+CCLK=0    | +CME ERROR: incorrect parameters",
            })
    void a_host_reads_who_the_module_is(String line, String said) {
        assertThat(Host.quiet().send(line.strip())).isEqualTo(said);
    }

    @Test
    void the_clock_runs_on_from_what_the_host_sets_until_the_next_boot() {
        Host.quiet().play("""
                > AT+CCLK="30/01/31,23:59:59-08"
                < OK
                (wait 2s)
                > AT+CCLK?
                < +CCLK: "30/02/01,00:00:01-08"
                < OK
                > AT+CCLK="30/01/31,12:00:00"
                < OK
                > AT+CCLK?
                < +CCLK: "30/01/31,12:00:00-08"
                < OK
                > AT+CFUN=16
                < OK
                (wait 5s)
                > AT+CCLK?
                < AT+CCLK?
                < +CCLK: "26/11/24,12:00:12+00"
                < OK
                """);
    }

    @Test
    void the_card_may_be_another_one() {
        var host = new Host(builder -> builder.sim(new SimCard("901405000000001", "8914800000547111467")));
        host.send("ATE0");
        assertThat(host.send("AT+CIMI")).isEqualTo("901405000000001 OK");
        assertThat(host.send("AT+CCID")).isEqualTo("+CCID: 8914800000547111467 OK");
    }

    @Test
    void another_product_says_so_and_lists_its_commands_all_the_same() {
        var host = new Host(builder -> builder.product(Product.SARA_R500E_01B));
        host.send("ATE0");
        assertThat(host.send("ATI")).isEqualTo("SARA-R500E-01B-00 OK");
        assertThat(host.send("AT+USECROTUID")).isEqualTo("ERROR");
    }
}
