package dev.rootbeat.module.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.Conversation;
import dev.rootbeat.module.tls.Suites;
import dev.rootbeat.module.tls.TlsProfile.Text;
import dev.rootbeat.module.tls.TlsProfiles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AT reference, section 2.6. */
class TlsProfileCommandsTest {

    private final TlsProfiles profiles = new TlsProfiles();
    private final Conversation host = new Conversation(new TlsProfileCommands(profiles));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+USECPRF=0,0                    | 0,0,1",
                "AT+USECPRF=0,0,3;+USECPRF=0,0     | 0,0,3",
                "AT+USECPRF=4,1                    | 4,1,3",
                "AT+USECPRF=4,1,0;+USECPRF=4,1     | 4,1,0",
                "AT+USECPRF=0,2                    | 0,2,100,\"\"",
                "AT+USECPRF=0,2,100,\"c0\",\"2a\",0;+USECPRF=0,2,100,\"C0\",\"2C\",0;+USECPRF=0,2 | 0,2,100,\"C02A;C02C\"",
                "AT+USECPRF=0,2,100,\"00\",\"0a\",0;+USECPRF=0,2,100,\"00\",\"0a\",1;+USECPRF=0,2 | 0,2,100,\"\"",
                "AT+USECPRF=0,2,100,\"c0\",\"03\",1;+USECPRF=0,2 | 0,2,100,\"\"",
                "AT+USECPRF=0,2,99,\"C0\",\"30\";+USECPRF=0,2 | 0,2,99,\"C0\",\"30\"",
                "AT+USECPRF=0,2,14;+USECPRF=0,2    | 0,2,14",
                "AT+USECPRF=0,2,14;+USECPRF=0,2,0;+USECPRF=0,2 | 0,2,100,\"\"",
                "AT+USECPRF=0,3                    | 0,3,\"\"",
                "AT+USECPRF=0,3,\"unknown\";+USECPRF=0,3 | 0,3,\"unknown\"",
                "AT+USECPRF=0,4,\"example.org\";+USECPRF=0,4 | 0,4,\"example.org\"",
                "AT+USECPRF=0,5,\"c\";+USECPRF=0,5 | 0,5,\"c\"",
                "AT+USECPRF=0,6,\"k\";+USECPRF=0,6 | 0,6,\"k\"",
                "AT+USECPRF=0,10,\"s\";+USECPRF=0,10 | 0,10,\"s\"",
                "AT+USECPRF=0,11                   | 0,11,0",
                "AT+USECPRF=0,11,1;+USECPRF=0,11   | 0,11,1",
                "AT+USECPRF=0,12                   | 0,12,\"\",0",
                "AT+USECPRF=0,12,\"s\",2;+USECPRF=0,12 | 0,12,\"s\",2",
                "AT+USECPRF=0,12,\"s\",2;+USECPRF=0,12,\"t\";+USECPRF=0,12 | 0,12,\"t\",0",
                "AT+USECPRF=0,14                   | 0,14,0",
                "AT+USECPRF=0,14,2;+USECPRF=0,14   | 0,14,2",
                "AT+USECPRF=1,3,\"a\";+USECPRF=1;+USECPRF=1,3 | 1,3,\"\"",
                "AT+USECPRF=1,3,\"a\";+USECPRF=2;+USECPRF=1,3 | 1,3,\"a\"",
            })
    void what_is_set_is_read_back(String line, String value) {
        assertThat(host.send(line.strip() + "\r")).isEqualTo("\r\n+USECPRF: " + value + "\r\n\r\nOK\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+USECPRF                        | unknown",
                "AT+USECPRF?                       | unknown",
                "AT+USECPRF=                       | incorrect parameters",
                "AT+USECPRF=5                      | incorrect parameters",
                "AT+USECPRF=\"0\"                  | incorrect parameters",
                "AT+USECPRF=0,15                   | incorrect parameters",
                "AT+USECPRF=0,0,4                  | incorrect parameters",
                "AT+USECPRF=0,0,\"1\"              | incorrect parameters",
                "AT+USECPRF=0,0,1,1                | incorrect parameters",
                "AT+USECPRF=0,1,4                  | incorrect parameters",
                "AT+USECPRF=0,2,34                 | incorrect parameters",
                "AT+USECPRF=0,2,98,\"C0\",\"30\"   | incorrect parameters",
                "AT+USECPRF=0,2,99,\"C0\"          | incorrect parameters",
                "AT+USECPRF=0,2,99,\"C0\",\"3\"    | incorrect parameters",
                "AT+USECPRF=0,2,99,\"C0\",\"XY\"   | incorrect parameters",
                "AT+USECPRF=0,2,100,\"C0\",\"30\"  | incorrect parameters",
                "AT+USECPRF=0,2,100,\"C0\",\"30\",2 | incorrect parameters",
                "AT+USECPRF=0,2,100,\"C0\",\"3G\",0 | incorrect parameters",
                "AT+USECPRF=0,3,name               | incorrect parameters",
                "AT+USECPRF=0,7                    | operation not allowed",
                "AT+USECPRF=0,8                    | operation not allowed",
                "AT+USECPRF=0,9                    | operation not allowed",
                "AT+USECPRF=0,8,\"0g\",1           | incorrect parameters",
                "AT+USECPRF=0,8,\"012\",1          | incorrect parameters",
                "AT+USECPRF=0,8,\"01\",2           | incorrect parameters",
                "AT+USECPRF=0,11,2                 | incorrect parameters",
                "AT+USECPRF=0,12,\"s\",3           | incorrect parameters",
                "AT+USECPRF=0,14,3                 | incorrect parameters",
            })
    void what_does_not_fit_is_refused(String line, String error) {
        assertThat(host.send(line.strip() + "\r")).isEqualTo("\r\n+CME ERROR: " + error + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({"3,200", "4,256", "5,200", "6,200", "7,128", "8,64", "9,128", "10,128", "12,200"})
    void texts_have_their_limits(int operation, int limit) {
        String line = "AT+USECPRF=0," + operation + ",\"";
        assertThat(host.send(line + "x".repeat(limit) + "\"\r")).isEqualTo("\r\nOK\r\n");
        assertThat(host.send(line + "x".repeat(limit + 1) + "\"\r"))
                .isEqualTo("\r\n+CME ERROR: text string too long\r\n");
    }

    @Test
    void a_pre_shared_key_and_its_identity_are_text_or_hexadecimal_digits() {
        host.send("AT+USECPRF=0,8,\"4142\";+USECPRF=0,9,\"device\",0\r");
        assertThat(profiles.get(0).get(Text.PSK)).isEqualTo("4142");
        assertThat(profiles.get(0).get(Text.PSK_ID)).isEqualTo("device");
        host.send("AT+USECPRF=0,8,\"4142fF00\",1;+USECPRF=0,9,\"6964\",1;+USECPRF=0,7,\"secret\"\r");
        assertThat(profiles.get(0).get(Text.PSK)).isEqualTo("AB\u00ff\0");
        assertThat(profiles.get(0).get(Text.PSK_ID)).isEqualTo("id");
        assertThat(profiles.get(0).get(Text.KEY_PASSWORD)).isEqualTo("secret");
    }

    @Test
    void a_list_of_suites_has_an_end() {
        for (int i = 0; i < Suites.MOST; i++) {
            host.send("AT+USECPRF=0,2,100,\"C0\",\"%02x\",0\r".formatted(i));
        }
        assertThat(host.send("AT+USECPRF=0,2,100,\"00\",\"0a\",0\r")).isEqualTo("\r\n+CME ERROR: memory full\r\n");
        assertThat(profiles.get(0).suites().allowed()).hasSize(Suites.MOST);
    }

    @ParameterizedTest
    @CsvSource({"1,002F", "15,00B7", "16,", "33,"})
    void an_old_number_stands_for_a_suite(int number, String suite) {
        host.send("AT+USECPRF=0,2," + number + "\r");
        assertThat(profiles.get(0).suites().allowed())
                .map("%04X"::formatted)
                .isEqualTo(suite == null ? List.of() : List.of(suite));
    }
}
