package dev.rootbeat.module.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A host at its end of a link. A test that waits for what never comes is ended by its time limit. */
final class Terminal {

    private final InputStream in;
    private final OutputStream out;

    Terminal(InputStream in, OutputStream out) {
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    /** Sends text as it is, one octet a character. */
    void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Reads until what was read ends so, and returns it. */
    String readUntil(String end) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(end, Math.max(0, read.length() - end.length())) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the link ended behind \"" + read + "\"");
            }
            read.append((char) octet);
        }
        return read.toString();
    }

    /** Sends a command line and returns what the module says, the final {@code OK} included. */
    String ask(String command) throws IOException {
        send(command + "\r");
        return readUntil("\r\nOK\r\n");
    }

    /** Asks for the firmware so often, in the background, without reading an answer. */
    CompletableFuture<Void> askForFirmware(int times) {
        return CompletableFuture.runAsync(() -> {
            try {
                send("ATI9\r".repeat(times));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Reads the answers to {@link #askForFirmware} and checks every one. */
    void expectFirmware(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            assertThat(readUntil("OK\r\n")).isEqualTo("\r\n03.15,A00.01\r\n\r\nOK\r\n");
        }
    }

    /** Reads until there is nothing left to read at all. */
    long readToEnd() throws IOException {
        return in.transferTo(OutputStream.nullOutputStream());
    }
}
