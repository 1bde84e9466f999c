package dev.rootbeat.module.tls;

import dev.rootbeat.module.network.Connection;
import dev.rootbeat.module.network.SocketError;
import java.io.IOException;
import java.util.function.Function;
import org.bouncycastle.tls.TlsClientProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS on a connection, without a thread of its own. */
final class TlsConnection implements Connection, Connection.Events {

    private static final Logger LOG = LoggerFactory.getLogger(TlsConnection.class);

    private final PlannedClient client;
    private final Connection.Events events;
    private final TlsClientProtocol protocol = new TlsClientProtocol();
    private final Connection below;
    private boolean complete;
    private boolean over;

    /**
     * Opens the connection below; the handshake begins when that is there.
     *
     * @param open opens it
     */
    TlsConnection(PlannedClient client, Connection.Events events, Function<Connection.Events, Connection> open) {
        this.client = client;
        this.events = events;
        this.below = open.apply(this);
    }

    @Override
    public void connected() {
        step(() -> protocol.connect(client));
    }

    @Override
    public void received(byte[] octets) {
        step(() -> protocol.offerInput(octets));
    }

    @Override
    public void ended(SocketError why) {
        end(complete || why != SocketError.NONE ? why : SocketError.RESET);
    }

    @Override
    public void send(byte[] octets) {
        if (complete) {
            step(() -> protocol.writeApplicationData(octets, 0, octets.length));
        }
    }

    @Override
    public boolean isWritable() {
        return below.isWritable();
    }

    @Override
    public void pause(boolean paused) {
        below.pause(paused);
    }

    @Override
    public void close() {
        step(protocol::close);
        over = true;
        below.close();
    }

    private interface Step {
        void run() throws IOException;
    }

    private void step(Step step) {
        if (over) {
            return;
        }
        try {
            step.run();
            flush();
            deliver();
        } catch (IOException e) {
            LOG.info("{} ({})", client.reason(), e.getMessage());
            flush(); // the alert
            below.close();
            end(client.isOurs() ? SocketError.ABORTED : SocketError.RESET);
        }
    }

    private void flush() {
        byte[] out = new byte[protocol.getAvailableOutputBytes()];
        if (out.length > 0) {
            protocol.readOutput(out, 0, out.length);
            below.send(out);
        }
    }

    private void deliver() {
        if (!complete && protocol.isConnected()) {
            complete = true;
            events.connected();
        }
        byte[] in = new byte[protocol.getAvailableInputBytes()];
        if (in.length > 0 && !over) {
            protocol.readInput(in, 0, in.length);
            events.received(in);
        }
        if (protocol.isClosed() && !over) {
            below.close();
            end(SocketError.NONE);
        }
    }

    private void end(SocketError why) {
        if (!over) {
            over = true;
            events.ended(why);
        }
    }
}
