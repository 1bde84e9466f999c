package dev.rootbeat.conformance.bench;

import dev.rootbeat.rot.protocol.RequestHandler;
import dev.rootbeat.server.store.sql.SqlStore;
import java.io.IOException;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A fleet whose server keeps its data in an SQLite file. */
@State(Scope.Benchmark)
public abstract class Served {

    private final ScratchFolder folder = ScratchFolder.create();
    private final SqlStore store = SqlStore.open(folder.file("server.db"));
    private final Fleet fleet;

    Served(Function<SqlStore, Fleet> fleet) {
        this.fleet = fleet.apply(store);
    }

    Fleet fleet() {
        return fleet;
    }

    /** What its devices speak to: the service, some time later with every message. */
    RequestHandler server() {
        return fleet.service();
    }

    /** Closes and removes the file. */
    @TearDown
    public void close() throws IOException {
        fleet.close();
        store.close();
        folder.delete();
    }

    /** One whose devices reach it by CoAP over DTLS on real sockets. */
    public abstract static class ByWire extends Served {

        private final Wire wire;

        ByWire(Function<SqlStore, Fleet> fleet) {
            super(fleet);
            wire = new Wire(fleet().service());
        }

        @Override
        RequestHandler server() {
            return wire;
        }

        @Override
        public void close() throws IOException {
            wire.close();
            super.close();
        }
    }
}
