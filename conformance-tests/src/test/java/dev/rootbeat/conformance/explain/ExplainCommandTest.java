package dev.rootbeat.conformance.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.Stores;
import dev.rootbeat.server.model.Device;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ExplainCommandTest {

    private static final String RUN = " --devices 2 --years 0.12 --seed 7 --faults rough";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_module_a_certificate_and_a_line_of_an_invoice_have_their_chains_of_causes() {
        assertThat(run("0" + RUN)).as(err.toString()).isZero();
        String life = out.toString();
        assertThat(life)
                .contains(
                        "the domain is told DEVICE_BOOTSTRAPPED",
                        "in which nothing is ordered",
                        "the plan of the device");
        Matcher billed =
                Pattern.compile("certificate ([0-9a-f]+) is billed as RENEW").matcher(life);
        assertThat(billed.find()).isTrue();
        Matcher line = Pattern.compile("invoice (home/1) has a line").matcher(life);
        assertThat(line.find()).isTrue();

        assertThat(run(billed.group(1) + RUN)).isZero();
        assertThat(sentences())
                .containsSubsequence(
                        "an operator asks for RENEW",
                        "the server accepts that RENEW is asked for",
                        "the heartbeat is sent",
                        "the heartbeat arrives",
                        "what fulfils RENEW is handed out",
                        "the reply is sent",
                        "the module was told to take a certificate, and answers done",
                        "the module uses certificate " + billed.group(1) + " from now on",
                        "RENEW is effective: the module has reported it",
                        "certificate " + billed.group(1) + " is billed as RENEW",
                        "the domain is told CERTIFICATE_RENEWED " + billed.group(1));

        assertThat(run(line.group(1) + "/0" + RUN)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("the plan of the device is COMMERCIAL", "together ");
    }

    @Test
    void a_servers_data_tells_what_was_asked_ordered_reported_billed_and_told(@TempDir Path folder) {
        String url = "jdbc:sqlite:" + folder.resolve("server.db");
        var uid = new RotPublicUid(0x1122334455667788L);
        Instant at = Instant.parse("2026-03-01T10:00:00Z");
        String serial = "abcdef0123456789abcdef0123456789";
        try (var store = Stores.open(url)) {
            store.write(tx -> {
                        tx.save(Device.unknown(uid));
                        tx.save(new Operation(
                                "op",
                                uid,
                                "home",
                                Operation.Kind.UPDATE,
                                null,
                                List.of(
                                        new Operation.Change(Operation.State.ACCEPTED, at, null),
                                        new Operation.Change(Operation.State.ORDERED, at.plusSeconds(60), null),
                                        new Operation.Change(
                                                Operation.State.FAILED, at.plusSeconds(90), "the storage is full")),
                                3));
                        tx.add(new Notification(
                                "home", uid, Notification.Kind.CERTIFICATE_UPDATED, serial, at.plusSeconds(99)));
                        return true;
                    })
                    .join();
        }

        assertThat(run(uid + " --db " + url)).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "2026-03-01T10:00:00Z  the server accepts that UPDATE is asked for",
                        "2026-03-01T10:01:00Z  for UPDATE the module is to generate a key pair",
                        "2026-03-01T10:01:30Z  UPDATE has failed (the storage is full)",
                        "2026-03-01T10:01:39Z  the domain is told CERTIFICATE_UPDATED " + serial);
        assertThat(run(serial + " --json --db " + url)).isZero();
        assertThat(out.toString()).contains("\"chain\"", "CERTIFICATE_UPDATED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rubbish | \"rubbish\" is no serial number, no RoTPublicUID and no line of an invoice",
                "5 --devices 2 --years 0.01 | there are modules 0 to 1",
                "ffffffffffffffffffff --devices 1 --years 0.01 | no certificate with the serial number ffffffffffffffffffff was ever used",
                "0011223344556677 --devices 1 --years 0.01 | there is no device 0011223344556677",
                "0 --devices 1 --years 0.01 --faults swarm | --faults: there are the profiles calm, rough and hostile, not \"swarm\"",
                "rubbish/1 --devices 1 --years 0.01 | \"rubbish/1\" is no serial number",
                "0 --db jdbc:sqlite:no-such-file.db | there is no file no-such-file.db",
                "0 --devices 1000 | --devices: 1 to 999 can be looked into",
            })
    void what_cannot_be_explained_gets_exit_code_2_and_a_line_that_says_why(String options, String problem) {
        assertThat(run(options)).isEqualTo(2);
        assertThat(err.toString()).contains(problem);
    }

    private List<String> sentences() {
        return out.toString()
                .lines()
                .map(line -> line.replaceFirst("^\\S+ +", ""))
                .toList();
    }

    private int run(String options) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new ExplainCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(options.split(" "));
    }
}
