package dev.rootbeat.module.link;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * A pseudo-terminal in raw mode. One descriptor of its slave stays open here, so that the mode lasts and hosts may come
 * and go. It belongs to one thread at a time.
 */
final class PseudoTerminal {

    /** What Linux keeps for a terminal that nobody reads. */
    private static final int CHUNK = 4096;

    private static final byte[] NOTHING = {};

    private final Arena arena = Arena.ofShared();
    private final Posix calling = new Posix(arena);
    private final MemorySegment outgoing = arena.allocate(CHUNK);
    private final MemorySegment incoming = arena.allocate(SlowHost.CHUNK);
    private final int master;
    private final int slave;
    private final Path name;

    private PseudoTerminal() throws IOException {
        master = calling.openMaster();
        try {
            String device = calling.slaveName(master);
            name = Path.of(device);
            slave = calling.open(device, Posix.O_RDWR | Posix.O_NOCTTY | Posix.O_CLOEXEC);
        } catch (IOException e) {
            calling.close(master);
            throw e;
        }
        try {
            calling.makeRaw(slave);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Opens a new one. */
    static PseudoTerminal open() throws IOException {
        return new PseudoTerminal();
    }

    /** The device file that hosts open. */
    Path name() {
        return name;
    }

    /** What can be waited for. */
    int descriptor() {
        return master;
    }

    /** Takes what a host has sent, without waiting: some of it, or nothing if there is nothing. */
    byte[] read() throws IOException {
        int octets = calling.read(master, incoming);
        return octets == 0 ? NOTHING : incoming.asSlice(0, octets).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Sends to the host what there is room for, and leaves the rest. */
    void write(ByteBuf octets) throws IOException {
        while (octets.isReadable()) {
            int chunk = Math.min(octets.readableBytes(), CHUNK);
            octets.getBytes(octets.readerIndex(), outgoing.asByteBuffer().limit(chunk));
            int written = calling.write(master, outgoing, chunk);
            octets.skipBytes(written);
            if (written < chunk) {
                return;
            }
        }
    }

    /** Nobody may read or write any more. */
    void close() {
        calling.close(slave);
        calling.close(master);
        arena.close();
    }
}
