package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.server.store.sql.SqlStore;
import java.io.IOException;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A fleet whose server keeps its data in an SQLite file. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // set by JMH, and when it sets up
public abstract class Served {

    /** How devices reach their server. */
    public enum Way {
        /** By a call of its service. */
        CALL,
        /** By CoAP over DTLS on real sockets, the devices in the same process on one thread. */
        WIRE
    }

    /** The way. */
    @Param
    public Way way;

    private final Function<SqlStore, Fleet> making;
    private ScratchFolder folder;
    private SqlStore store;
    private Fleet fleet;
    private Wire wire;

    Served(Function<SqlStore, Fleet> making) {
        this.making = making;
    }

    /** Makes the file, the fleet, and the sockets that it needs. */
    @Setup
    public void open() {
        folder = ScratchFolder.create();
        store = SqlStore.open(folder.file("server.db"));
        fleet = making.apply(store);
        wire = new Wire(fleet.service());
    }

    Fleet fleet() {
        return fleet;
    }

    /** What its devices speak to. */
    RequestHandler server() {
        return way == Way.WIRE ? wire : fleet.service();
    }

    /** Closes the sockets, and removes the file. */
    @TearDown
    public void close() throws IOException {
        wire.close();
        fleet.close();
        store.close();
        folder.delete();
    }
}
