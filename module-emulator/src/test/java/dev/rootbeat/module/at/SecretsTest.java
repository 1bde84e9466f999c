package dev.rootbeat.module.at;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String KEY = "-----BEGIN PRIVATE KEY-----\r\nMIGH\r\n-----END PRIVATE KEY-----\r\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "AT+USECPRF=0,8,\"hush\"          | AT+USECPRF=0,8,\"***\"",
                "AT+USECPRF=0,9,\"6964\",1        | AT+USECPRF=0,9,\"***\",***",
                "AT+USECPRF=0,7,\"hush\"          | AT+USECPRF=0,7,\"***\"",
                "at + usecprf = 0, 8, \"hush\"    | AT+USECPRF=0,8,\"***\"",
                "AT+CMEE=2;+USECPRF=0,8,\"hush\"  | AT+CMEE=2;+USECPRF=0,8,\"***\"",
                "ATE0+USECPRF=0,8,\"hush\"        | ATE0;+USECPRF=0,8,\"***\"",
                "AT+USECPRF=0,8,\"hush            | AT***",
                "AT+USECMNG=0,2,\"key\",300,\"hush\" | AT+USECMNG=0,2,\"key\",300,\"***\"",
                "AT+USECMNG=1,2,\"key\",\"file\",\"hush\" | AT+USECMNG=1,2,\"key\",\"file\",\"***\"",
                "AT+UAUTHREQ=1,2,\"user\",\"hush\" | AT+UAUTHREQ=1,2,\"user\",\"***\"",
                "AT+CPIN=1234                     | AT+CPIN=***",
                "AT+CPIN=\"1234\"                 | AT+CPIN=\"***\"",
                "AT+CPWD=\"SC\",\"1234\",\"4321\" | AT+CPWD=\"SC\",\"***\",\"***\"",
                "AT+UMQTT=4,\"user\",\"hush\"     | AT+UMQTT=4,\"user\",\"***\"",
                "AT+UHTTP=0,9,\"0:Authorization:Bearer hush\" | AT+UHTTP=0,9,\"***\"",
                "AT+USECC2C=0,\"00112233\"        | AT+USECC2C=0,\"***\"",
            })
    void what_is_secret_in_a_command_line_is_hidden_however_it_is_written(String line, String hidden) {
        assertThat(Secrets.hideInLine(line)).isEqualTo(hidden);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AT",
                "A/",
                "AT+USECPRF=0,3,\"ca\"",
                "AT+USECPRF=0,11,1",
                "AT+USECMNG=0,0,\"ca\",1200",
                "AT+USECPSK=16",
                "AT+UAUTHREQ=1,0,\"\",\"\"",
                "AT+CPIN?",
                "AT+USOWR=0,4,\"abc",
            })
    void the_rest_is_shown_as_it_was_typed(String line) {
        assertThat(Secrets.hideInLine(line)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "+USECPSK: \"1101\",\"00ff\"    | +USECPSK: \"1101\",\"***\"",
                "+USECC2C: 0,0,\"00ff\"         | +USECC2C: 0,***,\"***\"",
                "+UUSECPRF: 0,13,2,\"a\",\"b\"  | +UUSECPRF: 0,13,***,\"***\",\"***\"",
                "+USECPSK: \"broken             | +USECPSK: ***",
                "+CPIN: READY                   | +CPIN: READY",
                "+USECMNG: 0,0,\"ca\",\"8fe6\"  | +USECMNG: 0,0,\"ca\",\"8fe6\"",
                "+CME ERROR: SEC busy           | +CME ERROR: SEC busy",
                "OK                             | OK",
            })
    void what_is_secret_in_an_answer_is_hidden(String text, String hidden) {
        assertThat(Secrets.hideInAnswer(text)).isEqualTo(hidden);
    }

    @Test
    void of_the_provisioned_credential_only_the_private_key_is_secret() {
        assertThat(Secrets.hideInAnswer("+USECDEVCERT: 0,\"" + KEY + "\"")).isEqualTo("+USECDEVCERT: 0,\"***\"");
        String certificate = "+USECDEVCERT: 1,\"-----BEGIN CERTIFICATE-----\r\nMIIB\r\n-----END CERTIFICATE-----\r\n\"";
        assertThat(Secrets.hideInAnswer(certificate)).isEqualTo(certificate);
    }

    @Test
    void a_private_key_is_hidden_wherever_it_is() {
        assertThat(Secrets.hideInAnswer("+URDFILE: \"key.pem\",80,\"" + KEY + "\""))
                .contains("+URDFILE: \"key.pem\"")
                .doesNotContain("MIGH");
        assertThat(Secrets.hideKeys("x" + KEY + "y" + KEY))
                .doesNotContain("MIGH")
                .startsWith("x-----BEGIN");
        assertThat(Secrets.hideKeys("-----BEGIN EC PRIVATE KEY-----\nMIGH")).doesNotContain("MIGH");
    }

    @Test
    void only_the_import_of_a_private_key_prompts_for_one() {
        assertThat(Secrets.promptsForKey("AT+USECMNG=0,2,\"key\",300")).isTrue();
        assertThat(Secrets.promptsForKey("at+cmee=2;+usecmng=0,2,\"key\",300")).isTrue();
        assertThat(Secrets.promptsForKey("AT+USECMNG=0,1,\"certificate\",300")).isFalse();
        assertThat(Secrets.promptsForKey("AT+UDWNFILE=\"file\",300")).isFalse();
    }
}
