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

    private static final int NUMBER_OCTETS = 100;

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

    /** Types so many numbers, which are no command, in the background, without reading the echo. */
    CompletableFuture<Void> count(int numbers) {
        return CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < numbers; i++) {
                    send(number(i));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Reads the echo of {@link #count} and checks every number. */
    void expectCount(int numbers) throws IOException {
        for (int i = 0; i < numbers; i++) {
            assertThat(new String(in.readNBytes(NUMBER_OCTETS), StandardCharsets.ISO_8859_1))
                    .isEqualTo(number(i));
        }
    }

    private static String number(int number) {
        return ("%0" + NUMBER_OCTETS + "d").formatted(number);
    }

    /** Reads until there is nothing left to read at all. */
    long readToEnd() throws IOException {
        return in.transferTo(OutputStream.nullOutputStream());
    }
}
