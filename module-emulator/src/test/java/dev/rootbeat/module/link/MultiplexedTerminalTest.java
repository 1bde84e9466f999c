package dev.rootbeat.module.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.mux.MuxHost;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels over real links. */
@Timeout(30)
class MultiplexedTerminalTest {

    private static final int MOST = 128;

    @Test
    void a_host_multiplexes_a_pseudo_terminal() throws IOException {
        try (var plugged = new Plugged();
                PtyPoller poller = PtyPoller.start(Plugged.THREADS);
                PtyLink link = PtyLink.open(poller, plugged.loop, plugged.module, null);
                var in = new FileInputStream(link.path().toFile());
                var out = new FileOutputStream(link.path().toFile())) {
            converse(in, out);
        }
    }

    @Test
    void a_host_multiplexes_a_tcp_connection() throws IOException {
        try (var plugged = new Plugged();
                TcpLink link = TcpLink.listen(plugged.loop, plugged.module, Plugged.anyPort());
                var socket =
                        new Socket(link.address().getAddress(), link.address().getPort())) {
            converse(socket.getInputStream(), socket.getOutputStream());
        }
    }

    private static void converse(InputStream in, OutputStream out) throws IOException {
        var plain = new Terminal(in, out);
        plain.ask("ATE0");
        plain.ask("AT+CMUX=0,0,," + MOST);
        var mux = new MuxHost(octets -> write(out, octets), MOST);
        mux.send(0, MuxHost.SABM, "");
        mux.send(1, MuxHost.SABM, "");
        mux.send(2, MuxHost.SABM, "");
        mux.say(1, "ATE0+CLAC\r");
        mux.say(2, "ATI9\r");
        var first = new StringBuilder();
        var second = new StringBuilder();
        while (!first.toString().endsWith("\r\nOK\r\n") || !second.toString().endsWith("\r\nOK\r\n")) {
            mux.receive(plain.readUntil("\u00f9"));
            first.append(mux.heard(1));
            second.append(mux.heard(2));
        }
        assertThat(first).contains("AT+CMUX").contains("AT+CGMM");
        assertThat(second).contains("03.15,A00.01");
        mux.control("c301");
        while (!mux.others().contains("UIH 0 c101")) {
            mux.receive(plain.readUntil("\u00f9"));
        }
        assertThat(plain.ask("AT+CGMM")).contains("SARA-R500E");
    }

    private static void write(OutputStream out, String octets) {
        try {
            out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
