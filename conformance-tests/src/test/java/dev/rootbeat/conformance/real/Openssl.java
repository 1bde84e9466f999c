package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The {@code openssl} command, on files in a folder. */
final class Openssl {

    private static final Pattern URI = Pattern.compile("URI:(\\S+)");

    private static final Pattern PORT = Pattern.compile("ACCEPT 127\\.0\\.0\\.1:([0-9]+)");

    private final Path folder;

    /** Skips the test where the command is missing. */
    Openssl(Path folder) {
        this.folder = folder;
        boolean installed = Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "openssl")));
        assumeTrue(installed, "skipped: openssl is missing: apt-get install openssl");
    }

    /** Verifies a certificate by the strict reading of RFC 5280, and returns what openssl says. */
    String verify(String rootCa, String crl, String certificate) throws IOException, InterruptedException {
        return run(
                "verify",
                "-x509_strict",
                "-crl_check",
                "-no-CApath",
                "-no-CAstore",
                "-CAfile",
                file("ca.pem", rootCa),
                "-CRLfile",
                file("ca.crl.pem", crl),
                file("device.pem", certificate));
    }

    /** Where a certificate says that its revocation list is. */
    String distributionPoint(String certificate) throws IOException, InterruptedException {
        String shown = run("x509", "-noout", "-ext", "crlDistributionPoints", "-in", file("device.pem", certificate));
        Matcher uri = URI.matcher(shown);
        assertThat(uri.find()).as(shown).isTrue();
        return uri.group(1);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var reader = process.inputReader()) {
            return reader.readAllAsString();
        } finally {
            process.waitFor();
        }
    }

    /** Starts a TLS server that lets in only who has a certificate of a Root CA. */
    Server server(String rootCa) throws IOException, InterruptedException {
        Path key = folder.resolve("server.key");
        Path certificate = folder.resolve("server.pem");
        run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key.toString());
        run("req", "-x509", "-new", "-key", key.toString(), "-subj", "/CN=server", "-out", certificate.toString());
        Path log = folder.resolve("server.log");
        Process process = new ProcessBuilder(
                        "openssl",
                        "s_server",
                        "-accept",
                        "127.0.0.1:0",
                        "-key",
                        key.toString(),
                        "-cert",
                        certificate.toString(),
                        "-CAfile",
                        file("trusted.pem", rootCa),
                        "-Verify",
                        "1",
                        "-verify_return_error")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var server = new Server(process, log);
        server.awaitLog("ACCEPT ");
        return server;
    }

    /** A running server and what it has printed. */
    record Server(Process process, Path log) implements AutoCloseable {

        int port() throws IOException {
            Matcher port = PORT.matcher(Files.readString(log));
            assertThat(port.find()).isTrue();
            return Integer.parseInt(port.group(1));
        }

        void awaitLog(String text) {
            await("the server prints " + text)
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            Files.readString(log, StandardCharsets.ISO_8859_1).contains(text));
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
