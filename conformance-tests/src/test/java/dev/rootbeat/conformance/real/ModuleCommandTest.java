package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.conformance.real.RunningCommand.Ready;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.sim.ScaledTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code module}, with hosts and a certificate manager on real sockets. */
@Timeout(120)
class ModuleCommandTest {

    private static final Duration GUARD = Duration.ofMinutes(5);

    /** A day in six seconds. */
    private static final int FAST = 14_400;

    @TempDir
    private Path folder;

    @Test
    void a_host_on_tcp_seals_its_module_reads_the_certificate_and_cannot_force_heartbeats_too_soon() throws Exception {
        try (var service = Service.start(GUARD, InstantSource.system());
                var command = new RunningCommand("--server", service.devices(), "--product", "ALEX-R510M8S-01B-00")) {
            Ready ready = command.ready();
            try (Host host = Host.overTcp(ready.tcp())) {
                assertThat(host.ask("ATI")).isEqualTo("ALEX-R510M8S-01B-00 OK");
                assertThat(host.ask("AT+CGSN")).isEqualTo(ready.imei() + " OK");
                assertThat(host.ask("AT+USECROTUID")).isEqualTo("+USECROTUID: \"" + ready.uid() + "\" OK");
                host.seal(service.profile());
                assertThat(host.ask("AT+USECDEVCERT=1")).startsWith("+USECDEVCERT: 1,\"-----BEGIN CERTIFICATE-----");
                assertThat(host.ask("AT+USECCONN")).isEqualTo("+CME ERROR: operation not allowed");
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void on_a_terminal_and_started_again_on_the_same_state_it_is_the_same_device_rebooted() throws Exception {
        Path terminal = folder.resolve("modem");
        String[] arguments = {
            "--pty", terminal.toString(), "--state", folder.resolve("state").toString(), "--server", ""
        };
        String uid;
        String certificate;
        try (var service = Service.start(Duration.ofMillis(200), InstantSource.system())) {
            arguments[arguments.length - 1] = service.devices();
            try (var command = new RunningCommand(arguments)) {
                Ready ready = command.ready();
                assertThat(ready.pty()).isEqualTo(terminal.toString());
                assertThat(ready.tcp()).as("nobody asked for it").isNull();
                uid = ready.uid();
                try (Host host = Host.overTerminal(ready.pty())) {
                    host.seal(service.profile());
                    certificate = host.ask("AT+USECDEVCERT=1");
                }
            }
            assertThat(terminal).doesNotExist();

            try (var command = new RunningCommand(arguments)) {
                Ready ready = command.ready();
                assertThat(ready.uid()).isEqualTo(uid);
                try (Host host = Host.overTerminal(ready.pty())) {
                    assertThat(host.ask("AT+USECDEVINFO?")).isEqualTo("+USECDEVINFO: 1,1,1 OK");
                    assertThat(host.ask("AT+USECDEVCERT=1")).isEqualTo(certificate);
                    // A device whose boot counter had not moved on would be taken for a clone.
                    host.expect("AT+USECCONN", "OK", Duration.ofSeconds(10));
                }
            }
        }
    }

    @Test
    void several_modules_have_ports_of_their_own() throws Exception {
        try (var service = Service.start(GUARD, InstantSource.system());
                var command = new RunningCommand("--count", "3", "--seed", "7", "--server", service.devices())) {
            for (int i = 0; i < 3; i++) {
                Ready ready = command.ready();
                try (Host host = Host.overTcp(ready.tcp())) {
                    assertThat(host.ask("AT+USECROTUID")).contains(ready.uid());
                    host.seal(service.profile());
                }
            }
        }
    }

    @Test
    void the_same_seed_makes_the_same_devices() throws Exception {
        try (var one = new RunningCommand("--count", "2", "--seed", "7");
                var other = new RunningCommand("--count", "2", "--seed", "7")) {
            assertThat(one.ready().uid()).isEqualTo(other.ready().uid());
            assertThat(one.ready().imei()).isEqualTo(other.ready().imei());
        }
    }

    @Test
    void at_high_speed_a_daily_heartbeat_comes_within_seconds_and_brings_what_was_ordered() throws Exception {
        Instant since = Instant.parse("2026-11-24T00:00:00Z");
        var time = new ScaledTime(InstantSource.system(), since, FAST);
        try (var service = Service.start(GUARD, time);
                var command = new RunningCommand(
                        "--speed", "" + FAST, "--since", since.toString(), "--server", service.devices())) {
            Ready ready = command.ready();
            try (Host host = Host.overTcp(ready.tcp())) {
                host.seal(service.profile());
                String first = host.ask("AT+USECDEVCERT=1");
                service.operator().instruct("renew", List.of(RotPublicUid.parse(ready.uid())), "");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> !host.ask("AT+USECDEVCERT=1").equals(first));
            }
        }
    }
}
