package dev.rootbeat.module.real;

import java.io.IOException;
import java.io.InputStream;

/** What somebody types at a terminal, with CR where the terminal says LF. */
final class TypedInput extends InputStream {

    private final InputStream terminal;

    TypedInput(InputStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public int read() throws IOException {
        int octet = terminal.read();
        return octet == '\n' ? '\r' : octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int octets = terminal.read(into, offset, length);
        for (int i = offset; i < offset + octets; i++) {
            if (into[i] == '\n') {
                into[i] = '\r';
            }
        }
        return octets;
    }
}
