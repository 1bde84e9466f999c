package dev.rootbeat.rot.flash;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/**
 * A medium in a file, the state of a module across processes: one with banks of {@link #DEFAULT_BANK_SIZE}, and in the
 * same file {@link #bulk() another} with larger ones. What was programmed survives the end of the process at
 * any instant, and of the machine. A file is open in one process at a time, and holds secrets: only its owner may read
 * it where the file system knows owners.
 */
public final class FileMedium implements Medium, AutoCloseable {

    /** What a state file starts with: the name of the format and its version. */
    private static final byte[] MAGIC = "rootbeat state 2".getBytes(StandardCharsets.US_ASCII);

    /** A file of the version before has no larger banks; it is given blank ones. */
    private static final byte[] FORMER_MAGIC = "rootbeat state 1".getBytes(StandardCharsets.US_ASCII);

    private static final int BULK = MAGIC.length + BANKS * DEFAULT_BANK_SIZE;
    private static final int SIZE = BULK + BANKS * BULK_BANK_SIZE;

    private final Path file;
    private final FileChannel channel;
    private final int start;
    private final int bankSize;

    private FileMedium(Path file, FileChannel channel, int start, int bankSize) {
        this.file = file;
        this.channel = channel;
        this.start = start;
        this.bankSize = bankSize;
    }

    /**
     * Opens a file, and makes it a blank medium if it does not exist.
     *
     * @throws IOException with a sentence that names the file: it cannot be opened, another process has it, or it is no
     *     state file or a damaged one
     */
    public static FileMedium open(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, Set.of(CREATE, READ, WRITE), ownerOnly(file));
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw failure(file, "cannot be opened: " + reason);
        }
        try {
            lock(file, channel);
            prepare(file, channel);
            return new FileMedium(file, channel, MAGIC.length, DEFAULT_BANK_SIZE);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The medium with banks of {@link #BULK_BANK_SIZE} in the same file; both are closed together. */
    public FileMedium bulk() {
        return new FileMedium(file, channel, BULK, BULK_BANK_SIZE);
    }

    /** Closes the file; another process may then open it. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(failure(file, "cannot be closed: " + e.getMessage()));
        }
    }

    @Override
    public int bankSize() {
        return bankSize;
    }

    @Override
    public byte[] read(int bank, int offset, int length) {
        try {
            return read(channel, position(bank, offset, length), length);
        } catch (IOException e) {
            throw new UncheckedIOException(failure(file, "cannot be read: " + e.getMessage()));
        }
    }

    @Override
    public boolean isBlank(int bank, int from) {
        for (byte octet : read(bank, from, bankSize - from)) {
            if (octet != BLANK) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void program(int bank, int offset, byte[] octets) {
        try {
            write(channel, position(bank, offset, octets.length), octets);
        } catch (IOException e) {
            throw new UncheckedIOException(failure(file, "cannot be written: " + e.getMessage()));
        }
    }

    @Override
    public void erase(int bank) {
        program(bank, 0, blank(bankSize));
    }

    private long position(int bank, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bankSize);
        return start + (long) Objects.checkIndex(bank, BANKS) * bankSize + offset;
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // the other one is in this process
        }
        throw failure(file, "is in use by another module");
    }

    /** Checks the content, and completes that of a file whose first process died while it made it. */
    private static void prepare(Path file, FileChannel channel) throws IOException {
        if (channel.size() > SIZE) {
            throw failure(file, "is no state file of a module");
        }
        byte[] content = read(channel, 0, (int) channel.size());
        boolean former = content.length >= BULK && Arrays.mismatch(content, FORMER_MAGIC) == FORMER_MAGIC.length;
        byte[] fresh = blank(SIZE);
        System.arraycopy(former ? content : MAGIC, 0, fresh, 0, former ? BULK : MAGIC.length);
        int common = Arrays.mismatch(content, fresh);
        if (content.length < SIZE && (common < 0 || common == content.length)) {
            write(channel, content.length, Arrays.copyOfRange(fresh, content.length, SIZE));
        } else if (common >= 0 && common < MAGIC.length) {
            throw failure(file, "is no state file of a module");
        } else if (content.length < SIZE) {
            throw failure(file, "is damaged: it has " + content.length + " of " + SIZE + " octets");
        }
        if (former) {
            write(channel, 0, MAGIC);
        }
    }

    private static byte[] blank(int length) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, BLANK);
        return octets;
    }

    private static byte[] read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(length);
        while (octets.hasRemaining()) {
            if (channel.read(octets, position + octets.position()) < 0) {
                throw new EOFException("the file has become shorter");
            }
        }
        return octets.array();
    }

    private static void write(FileChannel channel, long position, byte[] octets) throws IOException {
        ByteBuffer from = ByteBuffer.wrap(octets);
        while (from.hasRemaining()) {
            channel.write(from, position + from.position());
        }
        channel.force(false);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static IOException failure(Path file, String reason) {
        return new IOException("state file " + file + " " + reason);
    }
}
