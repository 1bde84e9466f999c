package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * By AT alone a module logs in to the server's own IoT platform with its present certificate, before and after every
 * operation (requirements, section 7).
 */
@Timeout(180)
class PlatformLoginTest {

    private static final Duration GUARD = Duration.ofMillis(200);

    @Test
    void a_module_logs_in_by_at_before_and_after_every_operation_and_not_after_delete() throws Exception {
        try (var service = Service.start(GUARD, InstantSource.system());
                var command = new RunningCommand("--server", service.devices(), "--guard", GUARD.toMillis() + "ms")) {
            var ready = command.ready();
            String uid = ready.uid();
            String second = service.operator().createRootCa("Second", Duration.ofDays(100));
            try (Host host = Host.overTcp(ready.tcp())) {
                provisioned(service, host);
                var used = new ArrayList<String>();
                used.add(login(service, host, uid));
                service.order(host, uid, "renew", "", 1);
                used.add(login(service, host, uid));
                service.order(host, uid, "update", "", 2);
                used.add(login(service, host, uid));
                service.order(host, uid, "rootca/transfer", second, 1);
                used.add(login(service, host, uid));

                assertThat(used).doesNotHaveDuplicates();
                assertThat(states(service, uid)).containsExactly("ACTIVE", "ACTIVE", "ACTIVE", "ACTIVE");
                service.order(host, uid, "delete", "", 1);
                assertThat(connect(service, host)).isEqualTo("+CME ERROR: operation not allowed");
                assertThat(states(service, uid))
                        .as("nothing is ever removed")
                        .containsExactly("ACTIVE", "ACTIVE", "ACTIVE", "ACTIVE");
            }
        }
    }

    @Test
    void a_revoked_certificate_logs_in_until_the_crl_is_checked_or_it_is_disabled() throws Exception {
        try (var service = Service.start(GUARD, InstantSource.system());
                var command = new RunningCommand("--server", service.devices(), "--guard", GUARD.toMillis() + "ms")) {
            var ready = command.ready();
            try (Host host = Host.overTcp(ready.tcp())) {
                provisioned(service, host);
                service.order(host, ready.uid(), "revoke", "", 0);
                Bytes fingerprint = fingerprint(login(service, host, ready.uid()));

                String rootCa = rootCa(service, ready.uid());
                service.operator().checkCrl(rootCa, true);
                assertThat(connect(service, host)).startsWith("+CME ERROR");
                service.operator().checkCrl(rootCa, false);
                login(service, host, ready.uid());

                service.operator().register("disable", fingerprint);
                assertThat(connect(service, host)).startsWith("+CME ERROR");
                service.operator().register("enable", fingerprint);
                login(service, host, ready.uid());
            }
        }
    }

    /** Seals the module, and has its TLS profile 0 trust the platform and use the module's own certificate. */
    private static void provisioned(Service service, Host host) throws IOException {
        host.seal(service.profile());
        host.trust("platform", service.operator().platformCa());
        assertThat(host.ask("AT+USECPRF=0,0,1;+USECPRF=0,3,\"platform\";+USECPRF=0,14,2"))
                .isEqualTo("OK");
    }

    /** Logs in by a socket, then by MQTT, where a message goes round; returns the certificate with which. */
    private static String login(Service service, Host host, String uid) throws IOException {
        String certificate = host.pem(1);
        assertThat(connect(service, host)).isEqualTo("OK");
        assertThat(host.ask("AT+USOCL=0")).isEqualTo("OK");
        assertThat(host.ask("AT+UMQTT=3,\"127.0.0.1\"," + port(service) + ";+UMQTT=11,1,0"))
                .endsWith("OK");
        assertThat(host.ask("AT+UMQTTC=1")).endsWith("OK");
        host.hear("+UUMQTTC: 1,1");
        assertThat(host.ask("AT+UMQTTC=4,1,\"devices/#\"")).endsWith("OK");
        host.hear("+UUMQTTC: 4,1,1");
        assertThat(host.ask("AT+UMQTTC=2,1,0,0,\"devices/" + uid + "/hello\",\"good morning\""))
                .endsWith("OK");
        host.hear("+UUMQTTC: 6,1");
        host.hear("+UUMQTTC: 2,1");
        assertThat(host.ask("AT+UMQTTC=6,1")).contains("\"devices/" + uid + "/hello\",12,\"good morning\"");
        assertThat(host.ask("AT+UMQTTC=0")).endsWith("OK");
        host.hear("+UUMQTTC: 0,1");
        return certificate;
    }

    private static String connect(Service service, Host host) throws IOException {
        assertThat(host.ask("AT+USOCR=6")).isEqualTo("+USOCR: 0 OK");
        assertThat(host.ask("AT+USOSEC=0,1,0")).isEqualTo("OK");
        String answer = host.ask("AT+USOCO=0,\"127.0.0.1\"," + port(service));
        if (!answer.equals("OK")) {
            host.ask("AT+USOCL=0"); // some failures have closed it already
        }
        return answer;
    }

    private static int port(Service service) {
        return Objects.requireNonNull(service.server().platform()).port();
    }

    private static List<String> states(Service service, String uid) throws IOException {
        return service.operator().registrations(uid).stream()
                .map(registration -> registration.get("State").asString())
                .toList();
    }

    private static String rootCa(Service service, String uid) throws IOException {
        return service.operator().registrations(uid).getFirst().get("RootCAID").asString();
    }

    private static Bytes fingerprint(String pem) {
        return Bytes.of(Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----|\\s", "")))
                .sha256();
    }
}
