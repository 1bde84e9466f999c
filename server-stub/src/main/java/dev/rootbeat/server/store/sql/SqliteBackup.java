package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Backups of SQLite files: plain files, each the whole data at one moment. SQLite itself makes the copies, so a backup is
 * consistent while a server writes, and does not hold it up.
 */
public final class SqliteBackup {

    private SqliteBackup() {}

    /**
     * Copies the data of a file, which a server may be using, into another file. Only the owner may read it, since it holds
     * the keys of the Root CAs.
     *
     * @throws StoreException if there is no data of ours, or there is a file already where the backup shall be
     */
    public static void make(Path file, Path backup) {
        if (Files.exists(backup)) {
            throw new StoreException("backup " + backup + ": there is a file already; name another one");
        }
        try {
            Files.move(copy(file, backup), backup, StandardCopyOption.ATOMIC_MOVE);
            sync(folder(backup));
        } catch (IOException e) {
            throw new StoreException("backup " + backup + ": it cannot be made: " + e, e);
        }
    }

    /**
     * Puts the data of a backup in place of a file that no server uses; its revocation lists have run out then. After a crash in the middle there is the old file
     * or the new one; if it is the old one, its last writes may be missing.
     *
     * @param overwrite whether data that is there may be lost
     * @throws StoreException if the backup is damaged, of another program or of a later version, if a server uses the file,
     *     or if there is data that may not be lost
     */
    public static void restore(Path backup, Path file, boolean overwrite) {
        try {
            Files.createDirectories(folder(file));
            try (Session _ = SqliteFile.lock(file)) {
                if (Files.exists(file) && !overwrite) {
                    throw new StoreException(
                            "store " + file + ": there is data already, which would be lost: --overwrite allows it");
                }
                Path copy = copy(backup, file);
                runOutRevocationLists(copy);
                sync(copy);
                // A write-ahead log of the old data, left by a crash, would be taken for one of the new.
                Files.deleteIfExists(beside(file, "-wal"));
                Files.deleteIfExists(beside(file, "-shm"));
                sync(folder(file));
                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
                sync(folder(file));
            }
        } catch (IOException e) {
            throw new StoreException("store " + file + ": it cannot be restored: " + e, e);
        }
    }

    /** Copies the data beside where it shall be, checks it and waits until it is on the disk. */
    private static Path copy(Path from, Path to) throws IOException {
        if (!Files.isRegularFile(from)) {
            throw new StoreException("store " + from + ": there is no such file");
        }
        Path copy = beside(to, ".part");
        Files.deleteIfExists(copy);
        SqliteFile.create(copy);
        try (Session source = SqliteFile.connect(from, "")) {
            SqliteFile.check(source);
            source.update("VACUUM INTO ?", parameters -> parameters.text(copy.toString()));
        }
        try (Session made = SqliteFile.connect(copy, "")) {
            SqliteFile.check(made);
            SqliteFile.refuseDamage(made);
        }
        sync(copy);
        return copy;
    }

    /** Lists of a higher number may have been published since: the server shall not publish these, but sign anew. */
    private static void runOutRevocationLists(Path copy) {
        try (Session session = SqliteFile.connect(copy, "")) {
            session.run("UPDATE crl SET next_update = 0");
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
