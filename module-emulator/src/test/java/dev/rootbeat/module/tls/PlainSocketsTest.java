package dev.rootbeat.module.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.credential.TestAuthority;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sockets by AT, in plain, at servers on this machine (AT reference, section 4.1). */
class PlainSocketsTest {

    private static final int PATIENCE = 30_000;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final SocketHost host = new SocketHost(RotSecrets.NONE, TestAuthority.NOW);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void octets_go_to_a_server_and_back_until_it_hangs_up() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            host.send("AT+USOCR=6");
            assertThat(host.send("AT+USOCO=0,\"localhost\"," + server.getLocalPort()))
                    .contains("OK");
            try (Socket peer = accept(server)) {
                assertThat(host.send("AT+USOWR=0,3", '@', "a\0b")).contains("+USOWR: 0,3");
                assertThat(peer.getInputStream().readNBytes(3)).containsExactly('a', 0, 'b');
                peer.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
                host.hear("+UUSORD: 0,5");
                assertThat(host.send("AT+USORD=0,5")).contains("+USORD: 0,5,\"hello\"");
            }
            host.hear("+UUSOCL: 0");
        }
    }

    private static Socket accept(ServerSocket server) throws IOException {
        server.setSoTimeout(PATIENCE);
        Socket peer = server.accept();
        peer.setSoTimeout(PATIENCE);
        return peer;
    }

    @Test
    void closing_a_socket_ends_the_connection_after_what_was_sent() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            host.send("AT+USOCR=6");
            host.send("AT+USOCO=0,\"127.0.0.1\"," + server.getLocalPort());
            try (Socket peer = accept(server)) {
                host.send("AT+USOWR=0,5", '@', "hello");
                assertThat(host.send("AT+USOCL=0")).contains("OK");
                assertThat(peer.getInputStream().readAllBytes()).hasSize(5);
            }
        }
    }

    @Test
    void nobody_listens_at_a_closed_port() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            port = server.getLocalPort();
        }
        host.send("AT+USOCR=6");
        assertThat(host.send("AT+USOCO=0,\"127.0.0.1\"," + port)).endsWith("ERROR\r\n");
        assertThat(host.send("AT+USOER")).contains("+USOER: 111");
    }

    @Test
    void datagrams_go_to_a_server_and_back() throws IOException {
        try (DatagramSocket server = new DatagramSocket(0, LOOPBACK)) {
            server.setSoTimeout(PATIENCE);
            host.send("AT+USOCR=17");
            host.send("AT+USOST=0,\"127.0.0.1\"," + server.getLocalPort() + ",5", '@', "hello");
            var packet = new DatagramPacket(new byte[100], 100);
            server.receive(packet);
            assertThat(packet.getLength()).isEqualTo(5);
            server.send(packet);
            host.hear("+UUSORF: 0,5");
            assertThat(host.send("AT+USORF=0,1024"))
                    .contains("+USORF: 0,\"127.0.0.1\"," + server.getLocalPort() + ",5,\"hello\"");
        }
    }

    @Test
    void a_local_port_that_is_taken_ends_the_socket() throws IOException {
        try (DatagramSocket other = new DatagramSocket()) {
            host.send("AT+USOCR=17," + other.getLocalPort());
            host.send("AT+USOST=0,\"127.0.0.1\",9,1", '@', "x");
            host.hear("+UUSOCL: 0");
            assertThat(host.send("AT+USOER")).contains("+USOER: 98");
        }
    }
}
