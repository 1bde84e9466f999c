package dev.rootbeat.module.file;

import dev.rootbeat.module.at.AtError;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file system of a module (AT reference, section 4.2). Files survive power-off. One thread at a time. */
public final class FileStore {

    /** The longest name, in characters (AT reference, section 4.2). */
    public static final int MAX_NAME = 248;

    /** How many files there can be, so that the list of them stays short (ours). */
    public static final int MAX_FILES = 128;

    /** How many octets all files have together: what the storage has room for beside credentials and lists. */
    public static final int CAPACITY = 320 * 1024;

    private final Shelf shelf;

    /** Opens the file system in a storage with banks of {@link dev.rootbeat.rot.flash.Medium#BULK_BANK_SIZE}. */
    public FileStore(Flash flash) {
        this.shelf = new Shelf(flash, "file.");
    }

    /** The names of all files, oldest first. */
    public List<String> names() {
        return shelf.names();
    }

    /** Whether there is a file. */
    public boolean exists(String name) {
        return shelf.names().contains(name);
    }

    /** Returns how many octets a file has; 0 if there is none. */
    public int size(String name) {
        return shelf.size(name);
    }

    /** Returns how many octets there is room for. */
    public int free() {
        return CAPACITY - shelf.size();
    }

    /** Returns a file's content, or null if there is no such file. */
    public @Nullable Bytes read(String name) {
        return shelf.read(name);
    }

    /** What speaks against a file that is larger than now, or new, by so many octets. */
    public Optional<AtError> objection(String name, int more) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            return Optional.of(AtError.FFS_INVALID_FILENAME);
        }
        if (!exists(name) && shelf.names().size() == MAX_FILES) {
            return Optional.of(AtError.FFS_FILES_EXCEEDED);
        }
        return more > free() ? Optional.of(AtError.FFS_MEMORY_NOT_AVAILABLE) : Optional.empty();
    }

    /** Writes a file in place of what was there, unless there is an error. */
    public Optional<AtError> write(String name, Bytes content) {
        Optional<AtError> objection = objection(name, content.size() - size(name));
        if (objection.isPresent()) {
            return objection;
        }
        try {
            shelf.put(name, content);
            return Optional.empty();
        } catch (Flash.StorageFull e) {
            return Optional.of(AtError.FFS_MEMORY_NOT_AVAILABLE);
        }
    }

    /** Writes behind the end of a file, which is made if it does not exist, unless there is an error. */
    public Optional<AtError> append(String name, byte[] more) {
        Bytes before = read(name);
        byte[] start = before == null ? new byte[0] : before.toArray();
        byte[] all = Arrays.copyOf(start, start.length + more.length);
        System.arraycopy(more, 0, all, start.length, more.length);
        return write(name, Bytes.of(all));
    }

    /** Deletes a file, unless there is an error. */
    public Optional<AtError> delete(String name) {
        if (!exists(name)) {
            return Optional.of(AtError.FILE_NOT_FOUND);
        }
        try {
            shelf.remove(name);
            return Optional.empty();
        } catch (Flash.StorageFull e) {
            return Optional.of(AtError.FFS_MEMORY_NOT_AVAILABLE);
        }
    }
}
