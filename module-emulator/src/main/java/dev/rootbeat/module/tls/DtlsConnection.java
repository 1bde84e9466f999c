package dev.rootbeat.module.tls;

import dev.rootbeat.module.network.Connection;
import dev.rootbeat.module.network.Datagrams;
import dev.rootbeat.module.network.SocketError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DTLS with one peer on a port for datagrams. The library's handshake waits for the peer's flights, so it runs on an
 * executor where it may block; everything else happens on the module's.
 */
final class DtlsConnection implements Connection, Datagrams.Events {

    private static final Logger LOG = LoggerFactory.getLogger(DtlsConnection.class);

    /** Octets of a datagram that go through every network unfragmented: the smallest MTU of IPv6 without headers. */
    private static final int MAX_DATAGRAM = 1232;

    /** Datagrams that wait for the handshake; a flight has fewer. */
    private static final int MAX_WAITING = 64;

    /** Reading ends when the queue is empty; this is for a datagram without data for the host. */
    private static final int READ_MILLIS = 1;

    private final PlannedClient client;
    private final InetSocketAddress peer;
    private final Executor module;
    private final Connection.Events events;
    private final Datagrams port;
    private final BlockingQueue<byte[]> inbound = new LinkedBlockingQueue<>(MAX_WAITING);
    private @Nullable DTLSTransport transport;
    private volatile boolean over;

    /**
     * Opens the port and begins the handshake.
     *
     * @param module the module's executor
     * @param blocking where the handshake may wait
     * @param open opens the port
     */
    DtlsConnection(
            PlannedClient client,
            InetSocketAddress peer,
            Executor module,
            Executor blocking,
            Connection.Events events,
            Function<Datagrams.Events, Datagrams> open) {
        this.client = client;
        this.peer = peer;
        this.module = module;
        this.events = events;
        this.port = open.apply(this);
        blocking.execute(this::handshake);
    }

    private void handshake() {
        try {
            DTLSTransport complete = new DTLSClientProtocol().connect(client, new Transport());
            module.execute(() -> complete(complete));
        } catch (IOException e) {
            module.execute(() -> fail(e));
        }
    }

    private void complete(DTLSTransport complete) {
        if (!over) {
            transport = complete;
            events.connected();
            deliver();
        }
    }

    private void fail(IOException e) {
        if (!over) {
            LOG.info("{} ({})", client.reason(), e.getMessage());
            port.close();
            ended(client.isOurs() ? SocketError.ABORTED : SocketError.RESET);
        }
    }

    @Override
    public void received(InetSocketAddress from, byte[] octets) {
        if (from.equals(peer) && inbound.offer(octets)) {
            deliver();
        }
    }

    @Override
    public void ended(SocketError why) {
        if (!over) {
            over = true;
            events.ended(why);
        }
    }

    private void deliver() {
        try {
            while (transport != null && !over && !inbound.isEmpty()) {
                byte[] data = new byte[transport.getReceiveLimit()];
                int count = transport.receive(data, 0, data.length, READ_MILLIS);
                if (count > 0) {
                    events.received(Arrays.copyOf(data, count));
                }
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void send(byte[] octets) {
        if (transport != null && !over) {
            try {
                transport.send(octets, 0, octets.length);
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    /** Datagrams cannot be made to wait; those for which there is no room are lost. */
    @Override
    public void pause(boolean paused) {}

    @Override
    public void close() {
        if (transport != null && !over) {
            try {
                transport.close();
            } catch (IOException e) {
                LOG.debug("closing DTLS with {}: {}", peer, e.getMessage());
            }
        }
        over = true;
        port.close();
    }

    /** What the library sees of the port. */
    private final class Transport implements DatagramTransport {

        @Override
        public int getReceiveLimit() {
            return MAX_DATAGRAM;
        }

        @Override
        public int getSendLimit() {
            return MAX_DATAGRAM;
        }

        @Override
        public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
            byte[] datagram;
            try {
                datagram = transport == null ? inbound.poll(waitMillis, TimeUnit.MILLISECONDS) : inbound.poll();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the handshake is given up");
            }
            if (over) {
                throw new IOException("the handshake is given up");
            }
            if (datagram == null) {
                return -1;
            }
            int count = Math.min(length, datagram.length);
            System.arraycopy(datagram, 0, buffer, offset, count);
            return count;
        }

        @Override
        public void send(byte[] buffer, int offset, int length) {
            byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
            module.execute(() -> port.send(peer, datagram));
        }

        @Override
        public void close() {
            // the port is closed with the connection
        }
    }
}
