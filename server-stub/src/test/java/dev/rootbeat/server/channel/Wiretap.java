package dev.rootbeat.server.channel;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a server, passes every datagram on, and remembers it. */
final class Wiretap implements AutoCloseable {

    private final DatagramSocket toClient;
    private final DatagramSocket toServer;
    private final InetSocketAddress server;
    private final List<byte[]> sent = new CopyOnWriteArrayList<>();
    private final List<byte[]> answered = new CopyOnWriteArrayList<>();
    private volatile @Nullable InetSocketAddress client;

    Wiretap(InetSocketAddress server) throws IOException {
        this.server = server;
        toClient = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        toServer = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(() -> pass(toClient, sent));
        Thread.ofVirtual().start(() -> pass(toServer, answered));
    }

    /** Where the client finds the server. */
    InetSocketAddress address() {
        return (InetSocketAddress) toClient.getLocalSocketAddress();
    }

    /** What the client sent, the first first. */
    List<byte[]> sent() {
        return sent;
    }

    /** What the server sent, the first first. */
    List<byte[]> answered() {
        return answered;
    }

    /** Sends octets to the server as if they came from the client. */
    void inject(byte[] octets) throws IOException {
        toServer.send(new DatagramPacket(octets, octets.length, server));
    }

    private void pass(DatagramSocket from, List<byte[]> remembered) {
        var packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (!from.isClosed()) {
                packet.setLength(2048);
                from.receive(packet);
                byte[] octets = Arrays.copyOf(packet.getData(), packet.getLength());
                remembered.add(octets);
                if (from.equals(toClient)) {
                    client = (InetSocketAddress) packet.getSocketAddress();
                    inject(octets);
                } else if (client != null) {
                    toClient.send(new DatagramPacket(octets, octets.length, client));
                }
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    @Override
    public void close() {
        toClient.close();
        toServer.close();
    }
}
