package dev.rootbeat.module.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.condition.OS.LINUX;

import com.fazecast.jSerialComm.SerialPort;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
@EnabledOnOs(LINUX)
class PtyLinkTest {

    private final Plugged plugged = new Plugged();
    private final PtyPoller poller;
    private final List<PtyLink> links = new ArrayList<>();

    @TempDir
    private Path folder;

    PtyLinkTest() throws IOException {
        poller = PtyPoller.start(Plugged.THREADS);
    }

    @AfterEach
    void close_everything() {
        links.forEach(PtyLink::close);
        poller.close();
        plugged.close();
    }

    private PtyLink link(@Nullable Path stable) throws IOException {
        PtyLink link = PtyLink.open(poller, plugged.loop, plugged.module, stable);
        links.add(link);
        return link;
    }

    /** The terminals and pipes that this process has open. */
    private static List<String> openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .flatMap(PtyLinkTest::target)
                    .filter(name -> name.startsWith("/dev/p") || name.startsWith("pipe:"))
                    .toList();
        }
    }

    private static Stream<String> target(Path descriptor) {
        try {
            return Stream.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
            return Stream.empty(); // closed meanwhile
        }
    }

    /** Opens a device file as any program can. */
    private interface Use {
        void by(Terminal host) throws IOException;
    }

    private static void open(Path device, Use use) throws IOException {
        try (var in = new FileInputStream(device.toFile());
                var out = new FileOutputStream(device.toFile())) {
            use.by(new Terminal(in, out));
        }
    }

    @Test
    void a_host_opens_the_terminal_closes_it_and_opens_it_again() throws IOException {
        Path device = link(null).path();
        open(device, host -> assertThat(host.ask("ATE0")).isEqualTo("ATE0\r\r\nOK\r\n"));
        open(
                device,
                host -> assertThat(host.ask("AT")).as("the same conversation").isEqualTo("\r\nOK\r\n"));
        open(device, host -> assertThat(host.ask("ATI")).contains("SARA-R500E-01B-00"));
    }

    @Test
    void a_serial_port_library_speaks_at_over_it() throws IOException {
        SerialPort serial = SerialPort.getCommPort(link(null).path().toString());
        serial.setComPortParameters(115_200, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
        serial.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 0, 0);
        for (int opening = 0; opening < 3; opening++) {
            assertThat(serial.openPort()).isTrue();
            var host = new Terminal(serial.getInputStream(), serial.getOutputStream());
            assertThat(host.ask("AT+CGSN")).contains(plugged.module.imei());
            assertThat(serial.closePort()).isTrue();
        }
    }

    @Test
    void all_octets_pass_as_they_are_in_both_directions() throws IOException {
        var octets = new StringBuilder();
        for (char octet = 255; octet > 0; octet--) {
            octets.append(octet);
        }
        octets.append('\0');
        open(link(null).path(), host -> {
            host.send(octets.toString());
            assertThat(host.readUntil("\0")).as("echo").isEqualTo(octets.toString());
        });
    }

    @Test
    void a_host_that_types_and_does_not_read_has_to_wait_and_loses_nothing_while_others_are_served() throws Exception {
        Path other = link(null).path();
        open(link(null).path(), greedy -> {
            CompletableFuture<Void> asking = greedy.count(5000);
            open(other, host -> assertThat(host.ask("AT")).endsWith("OK\r\n"));
            greedy.expectCount(5000);
            asking.join();
        });
    }

    @Test
    void what_exceeds_the_limit_of_a_host_that_does_not_read_is_lost_and_the_module_lives_on() throws Exception {
        Path flooded = link(null).path();
        Path other = link(null).path();
        open(flooded, host -> {
            host.ask("ATE0");
            int answer = host.ask("AT" + "I9".repeat(2000)).length();
            int repetitions = 4 * SlowHost.MAX_UNREAD / answer;
            host.send("A/".repeat(repetitions));
            open(other, later -> later.ask("AT")); // all is said now
            CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> readAll(host));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                host.send("AT+CGMI\r");
                return heard.isDone();
            });
            assertThat(heard.join().length()).isGreaterThan(SlowHost.MAX_UNREAD).isLessThan(answer * repetitions);
        });
    }

    private static String readAll(Terminal host) {
        try {
            return host.readUntil("u-blox");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void one_thread_serves_many_terminals() throws IOException {
        for (int i = 0; i < 50; i++) {
            link(null);
        }
        for (PtyLink link : links) {
            open(link.path(), host -> assertThat(host.ask("AT")).endsWith("OK\r\n"));
        }
    }

    @Test
    void a_stable_name_is_there_until_the_link_is_closed_and_replaces_a_stale_one() throws IOException {
        Path name = folder.resolve("modem");
        Files.createSymbolicLink(name, Path.of("/dev/pts/gone"));
        PtyLink link = link(name);
        assertThat(link.path()).isEqualTo(name);
        open(name, host -> assertThat(host.ask("AT")).endsWith("OK\r\n"));
        links.clear();
        link.close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_stable_name_that_another_link_has_taken_over_stays() throws IOException {
        Path name = folder.resolve("modem");
        PtyLink first = link(name);
        link(name);
        links.remove(first);
        first.close();
        open(name, host -> assertThat(host.ask("AT")).endsWith("OK\r\n"));
    }

    @Test
    void a_stable_name_that_is_something_else_is_left_alone_and_an_error_names_it() throws IOException {
        Path name = Files.writeString(folder.resolve("modem"), "precious");
        List<String> before = openFiles();
        assertThatThrownBy(() -> link(name))
                .isInstanceOf(IOException.class)
                .hasMessage(name + " is there already, and is no symbolic link");
        assertThat(name).hasContent("precious");
        assertThatThrownBy(() -> link(folder.resolve("none/modem")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot make the link " + folder + "/none/modem: ");
        assertThat(openFiles()).hasSameElementsAs(before);
    }

    @Test
    void closing_frees_descriptors_and_the_thread() throws Exception {
        List<String> before = openFiles();
        List<Thread> started = new ArrayList<>();
        PtyPoller another = PtyPoller.start(task -> {
            Thread thread = Plugged.THREADS.newThread(task);
            started.add(thread);
            return thread;
        });
        PtyLink link = PtyLink.open(another, plugged.loop, plugged.module, null);
        open(link.path(), host -> host.ask("AT"));
        assertThat(openFiles()).hasSize(before.size() + 4);
        link.close();
        another.close();
        assertThat(started).hasSize(1);
        assertThat(started.getFirst().join(Duration.ofSeconds(5))).isTrue();
        assertThat(openFiles()).hasSameElementsAs(before);
    }

    @Test
    void a_child_process_inherits_no_terminal() throws Exception {
        link(null);
        Process child = new ProcessBuilder("ls", "-l", "/proc/self/fd").start();
        String files = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(files).doesNotContain("ptmx").doesNotContain("/dev/pts");
    }
}
