package dev.rootbeat.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootbeat.server.platform.Site.Identity;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs of others log in to the server's own platform. */
@Timeout(180)
class OtherClientsTest {

    @TempDir
    private Path folder;

    private final Site site = new Site();
    private final Identity device = site.registered(site.home, 1);

    OtherClientsTest() throws IOException {}

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void mosquitto_publishes_and_subscribes_with_certificate_and_key() throws Exception {
        needed("mosquitto_pub", "mosquitto-clients");
        site.write(device, folder);
        Process subscriber = mosquitto("mosquitto_sub", "-t", "devices/#", "-v", "-C", "1", "-q", "1");
        try {
            // Nobody tells when it has subscribed, so it is told until it has heard.
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                Process publisher =
                        mosquitto("mosquitto_pub", "-t", device.topic("hello"), "-m", "good morning", "-q", "1");
                assertThat(output(publisher)).isEmpty();
                assertThat(publisher.waitFor()).isZero();
                return subscriber.waitFor(200, TimeUnit.MILLISECONDS);
            });
            assertThat(output(subscriber)).contains(device.topic("hello") + " good morning");
            assertThat(subscriber.waitFor()).isZero();
        } finally {
            subscriber.destroy();
        }
    }

    @Test
    void mosquitto_is_kept_out_when_its_certificate_is_disabled() throws Exception {
        needed("mosquitto_pub", "mosquitto-clients");
        site.write(device, folder);
        site.disable(device);

        Process publisher = mosquitto("mosquitto_pub", "-t", device.topic("hello"), "-m", "x", "-q", "1");

        assertThat(output(publisher)).isNotEmpty();
        assertThat(publisher.waitFor()).isNotZero();
    }

    @Test
    void openssl_sees_a_foreign_certificate_refused_and_a_registered_one_not() throws Exception {
        needed("openssl", "openssl");
        assertThat(sClient(device)).doesNotContain("alert").contains("Verify return code: 0 (ok)");
        assertThat(sClient(site.unregistered(site.home, 2))).contains("alert certificate unknown");
    }

    /** What openssl says of a connection with TLS 1.2, in which a client hears in the handshake that it is refused. */
    private String sClient(Identity identity) throws IOException, InterruptedException {
        site.write(identity, folder);
        Process openssl = program(
                "openssl",
                "s_client",
                "-tls1_2",
                "-connect",
                "127.0.0.1:" + site.port(),
                "-CAfile",
                file("ca.pem"),
                "-verify_return_error",
                "-cert",
                file("cert.pem"),
                "-key",
                file("key.pem"));
        openssl.getOutputStream().close();
        String said = output(openssl);
        openssl.waitFor();
        return said;
    }

    private Process mosquitto(String name, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(site.port()),
                "--cafile",
                file("ca.pem"),
                "--cert",
                file("cert.pem"),
                "--key",
                file("key.pem")));
        command.addAll(List.of(arguments));
        return program(name, command.toArray(String[]::new));
    }

    private static Process program(String name, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(name));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static void needed(String program, String debianPackage) {
        boolean found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        assumeTrue(found, "skipped: " + program + " is missing; Debian's package " + debianPackage + " has it");
    }
}
