package dev.rootbeat.server.store.sql;

import dev.rootbeat.server.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The versions of the schema. The file says which it has (PRAGMA user_version) and whose it is (PRAGMA application_id).
 * One script leads from each version to the next: {@code V1.sql} from an empty file to version 1.
 */
final class Schema {

    /** The version that this program reads and writes. */
    static final int VERSION = 2;

    /** "RBea" in ASCII. */
    private static final long APPLICATION_ID = 0x52_42_65_61;

    private Schema() {}

    /**
     * Looks whether a file is empty or ours, and not of a later version; changes nothing.
     *
     * @throws StoreException if it is not
     */
    static void check(Session session) {
        long application = session.number("PRAGMA application_id");
        boolean empty = session.number("SELECT count(*) FROM sqlite_schema") == 0;
        if (application != APPLICATION_ID && !(application == 0 && empty)) {
            throw session.refusal("it is another program's database: name another file");
        }
        long version = version(session);
        if (version > VERSION) {
            throw session.refusal("its schema has version " + version + " and this program knows " + VERSION
                    + ": use the later program, or name another file");
        }
    }

    /** Brings a file that passed the check to the present version. */
    static void migrate(Session session) {
        for (long version = version(session) + 1; version <= VERSION; version++) {
            session.run("BEGIN IMMEDIATE");
            session.script(resource("V" + version + ".sql"));
            session.run("PRAGMA application_id = " + APPLICATION_ID);
            session.run("PRAGMA user_version = " + version);
            session.run("COMMIT");
        }
    }

    private static long version(Session session) {
        return session.number("PRAGMA user_version");
    }

    private static String resource(String name) {
        try (InputStream script = Schema.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("the program lacks its " + name);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the program cannot read its " + name, e);
        }
    }
}
