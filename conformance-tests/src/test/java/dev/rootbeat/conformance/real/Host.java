package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;

/** The firmware at the other end of a link. Its echo is off, errors are words. */
final class Host implements AutoCloseable {

    private static final Pattern FINAL = Pattern.compile("(?s).*\r\n(OK|ERROR|\\+CME ERROR: [^\r\n]*)\r\n");

    private final InputStream in;
    private final OutputStream out;
    private final Closeable[] opened;

    private Host(InputStream in, OutputStream out, Closeable... opened) throws IOException {
        this.in = new BufferedInputStream(in);
        this.out = out;
        this.opened = opened;
        ask("ATE0");
        ask("AT+CMEE=2");
    }

    static Host overTcp(String port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
        return new Host(socket.getInputStream(), socket.getOutputStream(), socket);
    }

    static Host overTerminal(String device) throws IOException {
        var in = new FileInputStream(device);
        var out = new FileOutputStream(device);
        return new Host(in, out, in, out);
    }

    /** Sends a command line and returns the lines of the answer, joined by spaces, the final result included. */
    String ask(String command) throws IOException {
        out.write((command + "\r").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        var said = new StringBuilder();
        while (!FINAL.matcher(said).matches()) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the link ended behind " + said);
            }
            said.append((char) octet);
        }
        return said.toString().strip().replaceAll("[\r\n]+", " ");
    }

    /** Waits for this text, from what was said after the last answer. */
    void hear(String text) throws IOException {
        var said = new StringBuilder();
        while (said.indexOf(text) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the link ended behind " + said);
            }
            said.append((char) octet);
        }
    }

    /** Has the module keep a trusted root certificate under a name. */
    void trust(String name, String pem) throws IOException {
        out.write(("AT+USECMNG=0,0,\"" + name + "\"," + pem.length() + "\r").getBytes(StandardCharsets.ISO_8859_1));
        hear(">");
        out.write(pem.getBytes(StandardCharsets.ISO_8859_1));
        hear("OK\r\n");
    }

    /** A certificate that the module shows, as PEM: its own is part 1, its Root CA's part 2. */
    String pem(int part) throws IOException {
        String base64 = ask("AT+USECDEVCERT=" + part).replaceAll("^.*-----BEGIN CERTIFICATE-----|-----END.*$| ", "");
        return Pem.certificate(Bytes.of(Base64.getDecoder().decode(base64)));
    }

    /** Waits until the module is bootstrapped, seals it, and waits until that is done. */
    void seal(String profile) throws IOException {
        expect("AT+USECDEVINFO?", "+USECDEVINFO: 1,0,1 OK", Duration.ofSeconds(20));
        assertThat(ask("AT+USECDEVINFO=\"" + profile + "\",\"001010123456780\""))
                .isEqualTo("OK");
        expect("AT+USECDEVINFO?", "+USECDEVINFO: 1,1,1 OK", Duration.ofSeconds(20));
    }

    /** Asks until it gets this answer. */
    void expect(String command, String answer, Duration within) {
        await().atMost(within).untilAsserted(() -> assertThat(ask(command)).isEqualTo(answer));
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : opened) {
            each.close();
        }
    }
}
