package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.module.testing.AtAnswer;
import dev.rootbeat.module.testing.TestHost;
import dev.rootbeat.module.testing.TestModule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a module keeps from everybody on the way, its owner gets from the service: AT reference, sections 2.2 and 2.3. */
@Timeout(60)
class DataProtectionTest {

    private final Service service;
    private final TestModule module;
    private final TestHost host;

    DataProtectionTest() throws Exception {
        service = Service.start(Duration.ofMinutes(5), InstantSource.system());
        module = TestModule.inRealTime(service.server().coapsAddress(), builder -> builder);
        host = module.plugIn();
    }

    @BeforeEach
    void seal() {
        expect("+USECDEVINFO: 1,0,1");
        assertThat(host.send("AT+USECDEVINFO=\"" + service.profile() + "\",\"1\"")
                        .isOk())
                .isTrue();
        expect("+USECDEVINFO: 1,1,1");
    }

    @AfterEach
    void close_everything() {
        module.close();
        service.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void the_owner_gets_the_key_that_the_module_printed(int octets) throws Exception {
        String[] printed = host.send("AT+USECPSK=" + octets).lines().getFirst().split("\"", -1);
        String id = printed[1];
        assertThat(printed[3]).hasSize(2 * octets);
        assertThat(service.operator().psk(id)).isEqualToIgnoringCase(printed[3]);
    }

    @ParameterizedTest
    @CsvSource({"0, 16, ''", "1, 11, 80"})
    void the_owner_decrypts_what_the_module_encrypted(int format, int header, String mark) throws Exception {
        byte[] data = "21.5 degrees\r\nOK\r\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] message = encrypt(format, data);
        JsonNode found = service.operator().protectionParameters(Arrays.copyOf(message, header));

        assertThat(message).hasSize(data.length + (format == 0 ? 32 : 28));
        assertThat(found.get("CipherSuite").asString()).isEqualTo("AES_128_CCM");
        byte[] plain = decrypt(found, Arrays.copyOfRange(message, header, message.length));
        assertThat(Arrays.copyOf(plain, data.length)).isEqualTo(data);
        assertThat(Arrays.copyOfRange(plain, data.length, plain.length))
                .asHexString()
                .isEqualTo(mark);
    }

    @Test
    void every_message_has_a_key_of_its_own() throws Exception {
        byte[] data = {1, 2, 3};
        JsonNode first = service.operator().protectionParameters(Arrays.copyOf(encrypt(0, data), 16));
        JsonNode second = service.operator().protectionParameters(Arrays.copyOf(encrypt(0, data), 16));
        assertThat(first.get("ROTPublicUID")).isEqualTo(second.get("ROTPublicUID"));
        assertThat(first.get("Key").asString() + first.get("Nonce").asString())
                .isNotEqualTo(second.get("Key").asString() + second.get("Nonce").asString());
    }

    private byte[] encrypt(int format, byte[] data) {
        assertThat(host.send("AT+USECOPCMD=\"e2e_enc\"," + format).isOk()).isTrue();
        assertThat(host.send("AT+USECE2EDATAENC=" + data.length).result()).isEqualTo(">");
        AtAnswer answer = host.send(data);
        assertThat(answer.isOk()).isTrue();
        String line = answer.lines().getFirst();
        return line.substring(line.indexOf('"') + 1, line.length() - 1).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] decrypt(JsonNode parameters, byte[] encrypted) throws Exception {
        var cipher = CCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(
                false,
                new AEADParameters(
                        new KeyParameter(base64(parameters, "Key")),
                        parameters.get("MACLength").asInt(),
                        base64(parameters, "Nonce")));
        byte[] plain = new byte[cipher.getOutputSize(encrypted.length)];
        int done = cipher.processBytes(encrypted, 0, encrypted.length, plain, 0);
        cipher.doFinal(plain, done);
        return plain;
    }

    private static byte[] base64(JsonNode parameters, String field) {
        return Base64.getDecoder().decode(parameters.get(field).asString());
    }

    private void expect(String line) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(host.send("AT+USECDEVINFO?").lines()).containsExactly(line));
    }
}
