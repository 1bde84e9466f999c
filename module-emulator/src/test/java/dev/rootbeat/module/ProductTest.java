package dev.rootbeat.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rootbeat.module.at.ModuleIdentity;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductTest {

    @ParameterizedTest
    @ValueSource(strings = {"SARA-R500S-01B-00", "SARA-R510S-01B-00", "SARA-R510M8S-01B-00", "ALEX-R510M8S-01B-00"})
    void products_of_the_certificate_manager_have_a_root_of_trust_and_firmware_03_15(String typeNumber) {
        Product product = Product.of(typeNumber);
        assertThat(product.secureElement()).isTrue();
        assertThat(product.firmware()).isEqualTo("03.15,A00.01");
        assertThat(product.typeNumber()).isEqualTo(typeNumber);
    }

    @Test
    void earlier_firmware_has_a_root_of_trust_too() {
        assertThat(Arrays.stream(Product.values())
                        .filter(product -> product.typeNumber().contains("-00B-")))
                .hasSize(3)
                .allSatisfy(product -> {
                    assertThat(product.secureElement()).isTrue();
                    assertThat(product.firmware()).isEqualTo("02.05,A00.01");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"SARA-R500E-01B-00", "SARA-R510S-01B-01"})
    void products_without_secure_element_are_known(String typeNumber) {
        assertThat(Product.of(typeNumber).secureElement()).isFalse();
    }

    @Test
    void a_product_says_of_itself_what_the_at_commands_show() {
        assertThat(Product.of("SARA-R510M8S-01B-00").identity("357862090326242"))
                .isEqualTo(new ModuleIdentity(
                        "u-blox", "SARA-R510M8S", "SARA-R510M8S-01B-00", "03.15", "A00.01", "357862090326242", true));
    }

    @Test
    void an_unknown_product_is_refused_with_the_list_of_known_ones() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Product.of("SARA-R6"))
                .withMessageContaining("SARA-R6")
                .withMessageContaining("SARA-R500S-01B-00, ")
                .withMessageContaining("SARA-R500E-01B-00");
    }
}
