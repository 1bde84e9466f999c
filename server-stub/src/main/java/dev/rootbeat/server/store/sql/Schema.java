package dev.rootbeat.server.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The versions of the schema. One script leads from each version to the next: {@code V1.sql} from an empty database to
 * version 1. Scripts are written in SQLite's language; a {@link Dialect} translates them.
 */
final class Schema {

    /** The version that this program reads and writes. */
    static final int VERSION = 3;

    /** What to do about a database of somebody else. */
    static final String FOREIGN = "it is another program's database: name another one";

    private Schema() {}

    /** Looks whether a version is not a later one. */
    static void check(Session session, long version) {
        if (version > VERSION) {
            throw session.refusal("its schema has version " + version + " and this program knows " + VERSION
                    + ": use the later program, or name another database");
        }
    }

    /** Leads from the version before to this one. */
    static void step(Session session, long version) {
        session.script(session.dialect().schema(resource("V" + version + ".sql")));
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
