package dev.rootbeat.module.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpLinkTest {

    private final Plugged plugged = new Plugged();
    private final TcpLink link;
    private final List<Socket> sockets = new ArrayList<>();

    TcpLinkTest() throws IOException {
        link = TcpLink.listen(plugged.loop, plugged.module, Plugged.anyPort());
    }

    @AfterEach
    void close_everything() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        link.close();
        plugged.close();
    }

    private Terminal host() throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4096); // so that not much is on its way
        socket.connect(link.address());
        return new Terminal(socket.getInputStream(), socket.getOutputStream());
    }

    @Test
    void a_host_speaks_at_over_a_connection() throws IOException {
        assertThat(host().ask("AT+CGSN")).isEqualTo("AT+CGSN\r\r\n" + plugged.module.imei() + "\r\n\r\nOK\r\n");
    }

    @Test
    void every_connection_is_a_host_of_its_own() throws IOException {
        Terminal one = host();
        Terminal other = host();
        one.ask("ATE0");
        assertThat(one.ask("AT")).isEqualTo("\r\nOK\r\n");
        assertThat(other.ask("AT")).isEqualTo("AT\r\r\nOK\r\n");
    }

    @Test
    void a_connection_outlives_a_reboot_of_the_module() throws IOException {
        Terminal host = host();
        host.ask("ATE0");
        plugged.onLoop(plugged.module::reboot);
        assertThat(host.ask("AT")).as("echo is on again").startsWith("AT\r");
    }

    @Test
    void a_host_that_types_and_does_not_read_has_to_wait_and_loses_nothing_while_others_are_served() throws Exception {
        Terminal greedy = host();
        CompletableFuture<Void> asking = greedy.count(100_000);
        assertThat(host().ask("AT")).endsWith("OK\r\n");
        greedy.expectCount(100_000);
        asking.join();
    }

    @Test
    void what_exceeds_the_limit_of_a_host_that_does_not_read_is_lost_and_the_module_lives_on() throws Exception {
        Terminal flooded = host();
        flooded.ask("ATE0");
        String longest = "AT" + "I9".repeat(2000);
        int answer = flooded.ask(longest).length();
        int repetitions = 20_000_000 / answer;
        flooded.send("A/".repeat(repetitions));
        assertThat(host().ask("AT")).endsWith("OK\r\n");
        sockets.getFirst().shutdownOutput();
        assertThat(flooded.readToEnd()).isGreaterThan(SlowHost.MAX_UNREAD).isLessThan((long) answer * repetitions);
    }

    @Test
    void more_hosts_than_there_may_be_are_turned_away() throws IOException {
        for (int i = 0; i < TcpLink.MAX_HOSTS; i++) {
            host().ask("AT");
        }
        assertThat(host().readToEnd()).isZero();
    }

    @Test
    void a_port_that_is_taken_is_an_error_that_names_it() {
        InetSocketAddress taken = link.address();
        assertThatThrownBy(() -> TcpLink.listen(plugged.loop, plugged.module, taken))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot listen on TCP 127.0.0.1:" + taken.getPort() + ": Address already in use");
    }

    @Test
    void closing_hangs_up_and_frees_the_port() throws IOException {
        Terminal host = host();
        host.ask("AT");
        link.close();
        assertThat(host.readToEnd()).isZero();
        TcpLink again = TcpLink.listen(plugged.loop, plugged.module, link.address());
        assertThat(host().ask("AT")).endsWith("OK\r\n");
        again.close();
    }
}
