package dev.rootbeat.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.testing.TestHost;
import dev.rootbeat.module.testing.TestModule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The pace of a serial line, in virtual time. */
class SerialLineTest {

    @Test
    void an_octet_takes_ten_bits_each_way() {
        try (var module = TestModule.inVirtualTime(null, builder -> builder.bitRate(9600))) {
            TestHost host = module.plugIn();
            host.type("AT\r"); // three octets, echoed, and six of the answer: 12.5 ms
            module.pass(Duration.ofMillis(3));
            assertThat(host.heard()).as("not all of it has arrived").isEmpty();
            module.pass(Duration.ofMillis(9));
            assertThat(host.heard()).isNotEqualTo("AT\r\r\nOK\r\n");
            module.pass(Duration.ofMillis(1));
            assertThat(host.heard()).isEqualTo("AT\r\r\nOK\r\n");
        }
    }

    @Test
    void long_answers_arrive_as_they_were_said() {
        String line = "ATI9" + ";I9".repeat(100) + "\r";
        try (var slow = TestModule.inVirtualTime(null, builder -> builder.bitRate(1200));
                var swift = TestModule.inVirtualTime()) {
            TestHost late = slow.plugIn();
            TestHost soon = swift.plugIn();
            late.type(line);
            soon.type(line);
            slow.pass(Duration.ofMinutes(1));
            assertThat(late.heard()).isEqualTo(soon.heard()).endsWith("\r\nOK\r\n");
        }
    }
}
