package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * By AT alone a module logs in with the credential that the certificate manager has provisioned, at a server of the
 * {@code openssl} command that trusts its Root CA, whatever operation came before.
 */
@Timeout(180)
class ProvisionedLoginTest {

    private static final Duration GUARD = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    @Test
    void a_module_logs_in_by_at_with_its_present_certificate_before_and_after_every_operation() throws Exception {
        var openssl = new Openssl(folder);
        try (var service = Service.start(GUARD, InstantSource.system());
                var command = new RunningCommand("--server", service.devices(), "--guard", GUARD.toMillis() + "ms")) {
            var ready = command.ready();
            try (Host host = Host.overTcp(ready.tcp())) {
                host.seal(service.profile());
                assertThat(host.ask("AT+USECPRF=0,0,0;+USECPRF=0,14,2")).isEqualTo("OK");
                try (var server = openssl.server(host.pem(2))) {
                    String provisioned = login(host, server);
                    service.order(host, ready.uid(), "renew", "", 1);
                    String renewed = login(host, server);
                    service.order(host, ready.uid(), "update", "", 2);
                    String updated = login(host, server);
                    assertThat(List.of(provisioned, renewed, updated)).doesNotHaveDuplicates();

                    service.order(host, ready.uid(), "delete", "", 1);
                    assertThat(connect(host, server)).isEqualTo("+CME ERROR: operation not allowed");
                    assertThat(host.ask("AT+USOER")).isEqualTo("+USOER: 22 OK");
                }
            }
        }
    }

    /** Logs in and says something; returns the certificate with which. */
    private static String login(Host host, Openssl.Server server) throws IOException {
        String certificate = host.pem(1);
        assertThat(connect(host, server)).isEqualTo("OK");
        assertThat(host.ask("AT+USOWR=0,5,\"hello\"")).isEqualTo("+USOWR: 0,5 OK");
        server.awaitLog(certificate);
        assertThat(host.ask("AT+USOCL=0")).isEqualTo("OK");
        return certificate;
    }

    private static String connect(Host host, Openssl.Server server) throws IOException {
        assertThat(host.ask("AT+USOCR=6")).isEqualTo("+USOCR: 0 OK");
        assertThat(host.ask("AT+USOSEC=0,1,0")).isEqualTo("OK");
        return host.ask("AT+USOCO=0,\"127.0.0.1\"," + server.port());
    }
}
