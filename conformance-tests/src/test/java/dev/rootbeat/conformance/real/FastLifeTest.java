package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.sim.ScaledTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Months of a certificate's life in minutes: module, certificate manager and the servers that the host logs in at have one
 * clock, on which a day takes a minute. The long form takes certificates of many days, so that everything else is as it
 * comes by default, and about one minute and a half for each of these days:
 *
 * <pre>mvn -B -ntp -pl conformance-tests -am test -Dtest=FastLifeTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Drootbeat.validity=P8D</pre>
 */
@EnabledOnOs(OS.LINUX)
class FastLifeTest {

    /** A day in a minute. */
    private static final int SPEED = 1440;

    private static final Duration VALIDITY = Duration.parse(System.getProperty("rootbeat.validity", "PT6H"));

    /** Four certificates, with heartbeats often enough to renew in time: daily for eight days. */
    private static final Duration PERIOD = VALIDITY.dividedBy(8);

    private static final int CERTIFICATES = 4;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void no_login_fails_while_a_certificate_is_renewed_three_times_by_itself() throws Exception {
        Instant since = InstantSource.system().instant();
        var time = new ScaledTime(InstantSource.system(), since, SPEED);
        var policy = new HeartbeatPolicy(Duration.ofMinutes(5), PERIOD);
        try (var server = RealServer.start(policy, time);
                var operator = new Operator(server.httpUrl());
                var command = new RunningCommand(
                        "--speed",
                        "" + SPEED,
                        "--since",
                        since.toString(),
                        "--heartbeat",
                        PERIOD.toMinutes() + "m",
                        "--server",
                        "127.0.0.1:" + server.coapsAddress().getPort(),
                        "--pty",
                        folder.resolve("modem").toString())) {
            String rootCa = operator.createRootCa("Root", VALIDITY);
            operator.renewAutomatically(rootCa, VALIDITY.dividedBy(2));
            try (Host host = Host.overTerminal(command.ready().pty());
                    var platform = new LoginServer(folder, x509(operator.rootCa(rootCa)), time)) {
                host.seal(operator.createProfile(rootCa));
                assertThat(host.ask("AT+USECPRF=0,0,0;+USECPRF=0,14,2")).isEqualTo("OK");
                Set<X509Certificate> seen = new LinkedHashSet<>();
                int logins = 0;
                while (seen.size() < CERTIFICATES) {
                    X509Certificate before = certificate(host);
                    logIn(host, platform);
                    int expected = ++logins;
                    await().until(() -> platform.logins().size() == expected);
                    seen.add(before);
                    assertThat(List.of(before, certificate(host)))
                            .contains(platform.logins().getLast());
                }
                System.out.printf(
                        "fast life: %d certificates of %s at speed %d, %d logins, none failed%n",
                        seen.size(), VALIDITY, SPEED, logins);
            }
        }
    }

    private static void logIn(Host host, LoginServer platform) throws IOException {
        assertThat(host.ask("AT+USOCR=6")).isEqualTo("+USOCR: 0 OK");
        assertThat(host.ask("AT+USOSEC=0,1,0")).isEqualTo("OK");
        assertThat(host.ask("AT+USOCO=0,\"127.0.0.1\"," + platform.port()))
                .as(() -> "at " + platform.lastFailure())
                .isEqualTo("OK");
        assertThat(host.ask("AT+USOWR=0,5,\"hello\"")).isEqualTo("+USOWR: 0,5 OK");
        assertThat(host.ask("AT+USOCL=0")).isEqualTo("OK");
    }

    private static X509Certificate certificate(Host host) throws Exception {
        return x509(host.ask("AT+USECDEVCERT=1"));
    }

    /** The certificate in a text, whatever has become of its line breaks. */
    private static X509Certificate x509(String text) throws Exception {
        String base64 = text.replaceAll("(?s).*-----BEGIN CERTIFICATE-----|-----END.*|\\s", "");
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }
}
