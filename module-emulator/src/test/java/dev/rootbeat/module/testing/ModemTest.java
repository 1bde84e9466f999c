package dev.rootbeat.module.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example of README.md. */
@ExtendWith(ModuleExtension.class)
class ModemTest {

    @Test
    void the_module_tells_that_it_lost_the_network(TestHost host) {
        host.send("AT+CEREG=1");
        assertThat(host.send("AT+CFUN=4").isOk()).isTrue();
        assertThat(host.awaitUrc("+CEREG:", Duration.ofSeconds(10))).isEqualTo("+CEREG: 0");
    }

    @Test
    void security_is_busy_twice_and_then_well(TestModule module, TestHost host) {
        host.send("AT+CMEE=2");
        module.inject("2 times AT+USECDEVINFO? error SEC busy");
        assertThat(host.send("AT+USECDEVINFO?").result()).isEqualTo("+CME ERROR: SEC busy");
        assertThat(host.send("AT+USECDEVINFO?").result()).isEqualTo("+CME ERROR: SEC busy");
        assertThat(host.send("AT+USECDEVINFO?").lines()).containsExactly("+USECDEVINFO: 0,0,0");
        assertThat(module.received()).contains("AT+CMEE=2").hasSize(4);
    }
    // README end

    @Test
    void the_readme_shows_it_as_it_is() throws IOException {
        String source = read("src/test/java/dev/rootbeat/module/testing/ModemTest.java");
        String shown = source.substring(source.indexOf("@ExtendWith"), source.indexOf("    // README end"));
        assertThat(read("../README.md")).contains("```java\n" + shown + "}\n```\n");
    }

    private static String read(String path) throws IOException {
        return Files.readString(Path.of(path), StandardCharsets.UTF_8);
    }
}
