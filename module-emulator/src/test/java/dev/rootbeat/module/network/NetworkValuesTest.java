package dev.rootbeat.module.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkValuesTest {

    @Test
    void a_card_follows_from_the_imei_and_its_number_has_a_check_digit() {
        SimCard card = SimCard.of("357862090326242");
        assertThat(card).isEqualTo(new SimCard("001010209032624", "89880010102090326241"));
        assertThat(Luhn.checkDigit("8914800000547111467")).as("a real card's").isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"00101020903262,89880010102090326241", "001010209032624,8888001010209032624", "x01010209032624,89"})
    void a_card_without_numbers_is_none(String imsi, String iccid) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SimCard(imsi, iccid));
    }

    @ParameterizedTest
    @CsvSource({
        "0010,Long,Short,2B67,1,operator number",
        "00101,'',Short,2B67,1,long operator name",
        "00101,a\"b,Short,2B67,1,long operator name",
        "00101,Long,more than ten,2B67,1,short operator name",
        "00101,Long,Short,2b67,1,tracking area",
        "00101,Long,Short,2B67,123456789,cell identity",
    })
    void a_cell_that_cannot_be_shown_is_refused(
            String plmn, String longName, String shortName, String area, String identity, String what) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cell(plmn, longName, shortName, area, identity))
                .withMessageContaining(what);
    }

    @Test
    void a_cell_knows_its_country_and_network() {
        Cell cell = new Cell("310410", "Long", "Short", "0001", "1");
        assertThat(cell.country()).isEqualTo("310");
        assertThat(cell.network()).isEqualTo("410");
    }

    @Test
    void a_network_cannot_take_less_than_no_time() {
        Duration negative = Duration.ofMillis(-1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Delays(negative, Duration.ZERO, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Delays(Duration.ZERO, negative, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Delays(Duration.ZERO, Duration.ZERO, negative));
    }
}
