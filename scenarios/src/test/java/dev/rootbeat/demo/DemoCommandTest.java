package dev.rootbeat.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demonstration from end to end: a server, four modules and real sockets. */
class DemoCommandTest {

    private static final String FIRST = "c5160d22e54d74b9";

    /** Threads of the Java platform and of libraries, one each, which stay for as long as the process. */
    private static final Pattern OF_THE_PROCESS = Pattern.compile(
            "awaitility-thread|ForkJoinPool.*|MasterPoller|.*Read-Poller|.*Write-Poller|VirtualThread-unblocker"
                    + "|helidon-idle-connection-timer|helidon-http-timer|Native reference cleanup thread");

    @TempDir
    Path folder;

    @Test
    void four_modules_live_a_whole_life_and_what_is_kept_verifies() throws Exception {
        Files.writeString(folder.resolve("device-0000000000000000.pem"), "of an earlier demonstration");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        var out = new StringWriter();
        int code = run(out, "--devices", "4", "--out", folder.toString());

        assertThat(code).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("The guard interval is 2 s here, instead of 5 minutes")
                .contains("SARA-R500S-01B-00", "SARA-R510S-01B-00", "SARA-R510M8S-01B-00", "ALEX-R510M8S-01B-00")
                .contains("the guard refuses all 4, +CME ERROR: 3")
                .contains("valid\n", "deleted\n", "revoked, still in the device\n", "valid, transferred\n")
                .contains("All 4 modules are as they should be")
                .doesNotContain("\033", "FAILED");
        assertKeptVerifies();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var left = new HashSet<>(Thread.getAllStackTraces().keySet());
            left.removeAll(before);
            assertThat(left)
                    .extracting(Thread::getName)
                    .filteredOn(name -> !OF_THE_PROCESS.matcher(name).matches())
                    .isEmpty();
        });
    }

    @Test
    void a_module_that_does_not_obey_fails_the_demonstration_and_is_named() {
        var out = new StringWriter();

        int code = run(out, "--devices", "4", "--behaviour", RefusesSecondKey.class.getName());

        assertThat(code).as(out.toString()).isEqualTo(1);
        assertThat(out.toString().lines().toList().getLast())
                .startsWith("Failed after ")
                .contains("device " + FIRST + ": UPDATE is FAILED, the device refused: UNSUPPORTED (and 3 others)");
    }

    @Test
    void a_module_that_says_it_obeyed_is_not_believed() {
        var out = new StringWriter();

        int code = run(out, "--devices", "4", "--behaviour", PretendsToRenew.class.getName());

        assertThat(code).as(out.toString()).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "FAILED  Renew: device " + FIRST
                                + ": its certificate is still the old one, though the server takes the operation for effective");
    }

    private static int run(StringWriter out, String... arguments) {
        return new CommandLine(new DemoCommand())
                .setOut(new PrintWriter(out, true))
                .execute(arguments);
    }

    /** By the JDK's primitives alone: who signed what, and what is on which list. */
    private void assertKeptVerifies() throws Exception {
        List<Issuer> issuers = List.of(issuer("factory"), issuer("field"));
        var verdicts = new StringBuilder();
        for (String file : files("device-")) {
            X509Certificate certificate = certificate(file);
            assertThat(file)
                    .isEqualTo("device-"
                            + certificate.getSubjectX500Principal().getName().substring("CN=".length()) + ".pem");
            Issuer issuer = issuers.stream()
                    .filter(one -> one.rootCa.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                    .findFirst()
                    .orElseThrow();
            certificate.verify(issuer.rootCa.getPublicKey());
            certificate.checkValidity();
            verdicts.append(issuer.name).append(issuer.list.isRevoked(certificate) ? " revoked, " : " valid, ");
        }
        assertThat(verdicts.toString().split(", "))
                .containsExactlyInAnyOrder("factory valid", "factory revoked", "field valid");
        assertThat(folder.resolve("notes.txt")).exists();
        assertThat(Files.readString(folder.resolve("transcript.log")))
                .contains(FIRST + " heartbeat 1.1 BOOTSTRAP: accepted")
                .contains("FORCED: accepted, ordered: generate a key pair, next in 2 s")
                .contains("SCHEDULED: accepted, ordered: set the certificate")
                .contains("did: delete key and certificate -> done")
                .doesNotContain("PRIVATE KEY");
    }

    private record Issuer(String name, X509Certificate rootCa, X509CRL list) {}

    private Issuer issuer(String name) throws Exception {
        X509Certificate rootCa = certificate("ca-" + name + ".pem");
        var list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in("ca-" + name + ".crl.pem"));
        list.verify(rootCa.getPublicKey());
        return new Issuer(name, rootCa, list);
    }

    private X509Certificate certificate(String file) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in(file));
    }

    private String[] files(String prefix) throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .toArray(String[]::new);
        }
    }

    private ByteArrayInputStream in(String file) throws Exception {
        return new ByteArrayInputStream(Files.readAllBytes(folder.resolve(file)));
    }

    /** Generates the key of the first certificate, and no other. */
    public static final class RefusesSecondKey implements Behaviour {

        private final Set<RotPublicUid> generated = ConcurrentHashMap.newKeySet();

        /** Made by its name. */
        public RefusesSecondKey() {}

        @Override
        public Command command(RotPublicUid device, Command command) {
            return command instanceof Command.GenerateKeyPair && !generated.add(device)
                    ? new Command.Unknown(command.id(), 99)
                    : command;
        }
    }

    /** Takes the first certificate; of all others it only says so. */
    public static final class PretendsToRenew implements Behaviour {

        private final Set<RotPublicUid> taken = ConcurrentHashMap.newKeySet();

        /** Made by its name. */
        public PretendsToRenew() {}

        @Override
        public Command command(RotPublicUid device, Command command) {
            return command instanceof Command.SetCertificate && !taken.add(device)
                    ? new Command.Unknown(command.id(), 99)
                    : command;
        }

        @Override
        public Result result(RotPublicUid device, Command command, Result result) {
            return result instanceof Result.Unsupported ? new Result.Done(result.id()) : result;
        }
    }
}
