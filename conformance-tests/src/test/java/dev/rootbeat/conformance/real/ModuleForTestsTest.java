package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.module.testing.TestHost;
import dev.rootbeat.module.testing.TestModule;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users' tests have of us, against a certificate manager on real sockets. */
@Timeout(60)
class ModuleForTestsTest {

    private static final Duration GUARD = Duration.ofMillis(200);

    @Test
    void a_test_seals_its_module_at_a_server_although_the_module_reboots_in_the_middle() throws Exception {
        var settings = HeartbeatSettings.of(Duration.ofDays(1), GUARD);
        try (var service = Service.start(GUARD, InstantSource.system());
                var module = TestModule.inRealTime(
                        service.server().coapsAddress(), builder -> builder.heartbeats(settings))) {
            TestHost host = module.plugIn();
            expect(host, "+USECDEVINFO: 1,0,1");
            module.inject("once AT+USECDEVINFO=* reboot");
            host.type("AT+USECDEVINFO=\"" + service.profile() + "\",\"1\"\r");
            module.awaitReceived("AT+USECDEVINFO=", Duration.ofSeconds(10));
            expect(host, "+USECDEVINFO: 1,1,1");
            assertThat(host.send("AT+USECDEVCERT=1").lines().getFirst()).contains("BEGIN CERTIFICATE");
            assertThat(host.heard()).as("the seal was not answered").doesNotContain("\"1\"\r\r\nOK");
        }
    }

    private static void expect(TestHost host, String line) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(host.send("AT+USECDEVINFO?").lines()).containsExactly(line));
    }
}
