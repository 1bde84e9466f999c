package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.crypto.FastP256;
import java.io.IOException;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the machine can do at all: the other figures are read as shares of these. */
public class MachineLimits {

    /** As long as what is signed of a device's certificate. */
    private static final int MESSAGE_OCTETS = 500;

    /** As long as what is written of a device. */
    private static final int ROW_OCTETS = 400;

    /** A key of the provider that the product takes here, and one of the JDK's own. */
    @State(Scope.Benchmark)
    public static class Signers {

        private final FastP256 provider = FastP256.ofThisMachine();
        private final FastP256 jdk = FastP256.ofJdk();
        private final KeyPair ofProvider = provider.generateKeyPair();
        private final KeyPair ofJdk = jdk.generateKeyPair();
        private final byte[] message = new byte[MESSAGE_OCTETS];
    }

    /** A bare connection to a file. */
    @State(Scope.Benchmark)
    public static class Sqlite {

        private final ScratchFolder folder = ScratchFolder.create();
        private final Connection connection;
        private final Statement statement;
        private final PreparedStatement write;
        private final byte[] row = new byte[ROW_OCTETS];
        private long number;

        /** Opens it as the product does: write-ahead log, and the disk waited for at every commit. */
        public Sqlite() {
            try {
                connection = DriverManager.getConnection("jdbc:sqlite:" + folder.file("bare.db"));
                statement = connection.createStatement();
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, data BLOB NOT NULL)");
                write = connection.prepareStatement("INSERT OR REPLACE INTO t VALUES (?, ?)");
            } catch (SQLException e) {
                throw new IllegalStateException("no bare SQLite", e);
            }
        }

        /** Closes and removes it. */
        @TearDown
        public void close() throws SQLException, IOException {
            connection.close();
            folder.delete();
        }
    }

    /** A P-256 signature by the provider in use. */
    @Benchmark
    public byte[] signatureOfProvider(Signers signers) {
        return signers.provider.sign(signers.ofProvider.getPrivate(), signers.message);
    }

    /** A P-256 signature by the JDK. */
    @Benchmark
    public byte[] signatureOfJdk(Signers signers) {
        return signers.jdk.sign(signers.ofJdk.getPrivate(), signers.message);
    }

    /** A transaction of bare SQLite that writes one row. */
    @Benchmark
    public int commitOfSqlite(Sqlite sqlite) throws SQLException {
        sqlite.statement.execute("BEGIN IMMEDIATE");
        sqlite.write.setLong(1, sqlite.number++ % Fleet.SLICE);
        sqlite.write.setBytes(2, sqlite.row);
        int rows = sqlite.write.executeUpdate();
        sqlite.statement.execute("COMMIT");
        return rows;
    }
}
