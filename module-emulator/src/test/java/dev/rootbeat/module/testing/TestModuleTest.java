package dev.rootbeat.module.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rootbeat.module.Product;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.rot.protocol.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class TestModuleTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    @Test
    void an_answer_has_its_lines_and_its_result_with_echo_on_or_off() {
        try (TestModule module = TestModule.inVirtualTime()) {
            TestHost host = module.plugIn();
            AtAnswer answer = host.send("AT+CGMI;+CGMM");
            assertThat(answer.lines()).containsExactly("u-blox", "SARA-R510M8S");
            assertThat(answer.isOk()).isTrue();
            assertThat(host.send("ATE0").isOk()).isTrue();
            assertThat(host.send("AT+CGMI;+CGMM")).isEqualTo(answer);
            assertThat(host.send("AT+NONE").isOk()).isFalse();
            assertThat(host.heard()).startsWith("AT+CGMI;+CGMM\r\r\nu-blox\r\n").endsWith("\r\nOK\r\n\r\nERROR\r\n");
        }
    }

    @Test
    void what_a_prompt_asks_for_is_sent_as_octets() {
        try (TestModule module = TestModule.inVirtualTime()) {
            TestHost host = module.plugIn();
            host.send("AT+CMEE=2");
            assertThat(host.send("AT+USECMNG=0,0,\"ca\",3").result()).isEqualTo(">");
            assertThat(host.send(new byte[] {1, 2, 3}).result())
                    .isEqualTo("+CME ERROR: USECMNG invalid certificate/key format");
        }
    }

    @Test
    void a_urc_is_awaited_whether_it_came_before_or_comes_later_and_counts_once() {
        try (TestModule module = TestModule.inVirtualTime()) {
            TestHost host = module.plugIn();
            host.send("AT+CEREG=1");
            host.send("AT+CFUN=4");
            assertThat(host.awaitUrc("+CEREG:", SECOND)).isEqualTo("+CEREG: 0");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> host.awaitUrc("+CEREG:", SECOND))
                    .withMessage("no line +CEREG: within PT1S; there were [+CEREG: 0]");
            host.send("AT+CFUN=1");
            assertThat(host.awaitUrc("+CEREG: 1", SECOND)).isEqualTo("+CEREG: 1");
            assertThat(host.urcs()).endsWith("+CEREG: 1");
        }
    }

    @Test
    void the_test_sees_what_the_module_received() {
        try (TestModule module = TestModule.inVirtualTime()) {
            TestHost host = module.plugIn();
            host.send("AT+CGMI");
            host.type("at+cgmm\r");
            assertThat(module.received()).containsExactly("AT+CGMI", "AT+cgmm");
            assertThat(module.awaitReceived("AT+cg", SECOND)).isEqualTo("AT+cgmm");
        }
    }

    @Test
    void the_transcript_shows_who_said_what_and_hides_secrets() {
        try (TestModule module = TestModule.inVirtualTime()) {
            module.pass(Duration.ofMinutes(1));
            module.plugIn().send("AT+USECPRF=0,8,\"hush\"");
            assertThat(module.transcript())
                    .contains(" 0 - heartbeat")
                    .contains(" 1 > AT+USECPRF=0,8,\"***\"")
                    .endsWith(" 1 < OK");
        }
    }

    @Test
    void a_server_of_the_test_answers_heartbeats() {
        var asked = new ArrayList<String>();
        RequestHandler busy = (uid, request, answer) -> {
            asked.add(request.path());
            answer.accept(Response.retryAfter(Response.Code.SERVICE_UNAVAILABLE, Duration.ofHours(1), "busy"));
        };
        try (TestModule module = TestModule.inVirtualTime(busy, builder -> builder)) {
            module.pass(Duration.ofMinutes(2));
            assertThat(asked).containsExactly(Request.HEARTBEAT);
            assertThat(module.transcript()).contains("refused: 5.03, again in 3600 s");
        }
    }

    @Test
    void a_day_passes_at_once() {
        try (TestModule module = TestModule.inVirtualTime()) {
            TestHost host = module.plugIn();
            module.pass(Duration.ofDays(1));
            assertThat(host.send("AT+CCLK?").lines().getFirst()).contains("26/11/25");
        }
    }

    @Test
    void it_is_the_same_device_each_time_unless_it_is_built_otherwise() {
        String imei = imei(TestModule.inVirtualTime());
        assertThat(imei(TestModule.inVirtualTime())).isEqualTo(imei);
        assertThat(imei(TestModule.inVirtualTime(
                        null, builder -> builder.imei("357862090326242").product(Product.SARA_R500S_01B))))
                .isEqualTo("357862090326242");
    }

    private static String imei(TestModule made) {
        try (TestModule module = made) {
            return module.plugIn().send("AT+CGSN").lines().getFirst();
        }
    }

    @Test
    void a_module_without_power_is_silent() {
        try (TestModule module = TestModule.inVirtualTime()) {
            TestHost host = module.plugIn();
            module.powerOff();
            assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> host.send("AT", SECOND));
            module.powerOn();
            assertThat(host.send("AT").isOk()).isTrue();
        }
    }

    @Test
    void a_host_that_is_unplugged_hears_nothing_more() {
        try (TestModule module = TestModule.inVirtualTime()) {
            TestHost host = module.plugIn();
            host.send("AT+CEREG=1");
            host.unplug();
            module.plugIn().send("AT+CFUN=4");
            assertThat(host.urcs()).isEmpty();
        }
    }

    @Test
    void a_host_of_another_language_comes_by_tcp_and_the_test_watches() throws IOException {
        try (TestModule module = TestModule.inRealTime();
                Socket firmware = new Socket(InetAddress.getLoopbackAddress(), module.tcpPort())) {
            firmware.getOutputStream().write("AT+CGMI\r".getBytes(StandardCharsets.US_ASCII));
            assertThat(module.awaitReceived("AT+CGMI", A_WHILE)).isEqualTo("AT+CGMI");
            module.inject("AT+CGMM reply another");
            assertThat(module.plugIn().send("AT+CGMM", A_WHILE).lines()).containsExactly("another");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_host_of_another_language_comes_by_a_pseudo_terminal() throws IOException {
        try (TestModule module = TestModule.inRealTime()) {
            Path terminal = module.terminal();
            try (OutputStream firmware = Files.newOutputStream(terminal)) {
                firmware.write("AT+CGMI\r".getBytes(StandardCharsets.US_ASCII));
                assertThat(module.awaitReceived("AT", A_WHILE)).isEqualTo("AT+CGMI");
            }
        }
    }

    @Test
    void urcs_come_in_real_time_too() {
        try (TestModule module = TestModule.inRealTime()) {
            TestHost host = module.plugIn();
            host.send("AT+CEREG=1", A_WHILE);
            host.send("AT+CFUN=4", A_WHILE);
            assertThat(host.awaitUrc("+CEREG: 0", A_WHILE)).isEqualTo("+CEREG: 0");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> host.awaitUrc("+NONE", Duration.ofMillis(1)))
                    .withMessageStartingWith("no line +NONE within PT0.001S");
        }
    }

    @Test
    void what_only_one_of_both_times_has_says_so() {
        try (TestModule module = TestModule.inVirtualTime()) {
            assertThatIllegalStateException()
                    .isThrownBy(module::tcpPort)
                    .withMessage("hosts from outside come only to a module in real time");
        }
        try (TestModule module = TestModule.inRealTime()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> module.pass(SECOND))
                    .withMessage("real time passes by itself; wait for something");
        }
    }

    @Test
    void a_module_that_cannot_be_built_leaves_nothing_behind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestModule.inRealTime(null, builder -> builder.imei("1")))
                .withMessageContaining("IMEI");
    }
}
