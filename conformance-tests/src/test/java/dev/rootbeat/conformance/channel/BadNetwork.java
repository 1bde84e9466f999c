package dev.rootbeat.conformance.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A network between one device and its server that loses, repeats, swaps and spoils datagrams, and changes the address
 * that the server sees. What happens to the n-th datagram of a direction follows from the seed.
 */
final class BadNetwork implements AutoCloseable {

    /** How likely each fault is to befall a datagram; the rest pass. */
    record Faults(double lost, double repeated, double swapped, double spoilt) {
        static final Faults NONE = new Faults(0, 0, 0, 0);
    }

    private static final int MAX_DATAGRAM = 65536;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int MESSAGE_TYPE_OFFSET = 13;

    private final InetSocketAddress server;
    private final DatagramSocket towardsDevice = socket();
    private final Direction up;
    private final Direction down;
    private final AtomicInteger clientHellos = new AtomicInteger();
    private final AtomicInteger fromDevice = new AtomicInteger();
    private volatile DatagramSocket towardsServer = socket();
    private volatile @Nullable SocketAddress device;
    private volatile int moveAfter = Integer.MAX_VALUE;

    BadNetwork(InetSocketAddress server, Faults faults, long seed) throws SocketException {
        this.server = server;
        this.up = new Direction(faults, new Random(seed));
        this.down = new Direction(faults, new Random(seed + 1));
        Thread.ofVirtual().start(this::carryUp);
        carryDown(towardsServer);
    }

    /** Where the device finds the server. */
    InetSocketAddress address() {
        return (InetSocketAddress) towardsDevice.getLocalSocketAddress();
    }

    /** From now on the server sees the device at another port, and what it sends to the old one is lost. */
    void moveDevice() throws SocketException {
        DatagramSocket old = towardsServer;
        towardsServer = socket();
        carryDown(towardsServer);
        old.close();
    }

    /** Moves the device after so many more of its datagrams. */
    void moveDeviceAfter(int datagrams) {
        moveAfter = fromDevice.get() + datagrams;
    }

    /** How many ClientHellos the device has sent: none with a known session, two in a full handshake with a cookie. */
    int clientHellos() {
        return clientHellos.get();
    }

    private void carryUp() {
        try {
            while (true) {
                DatagramPacket packet = receive(towardsDevice);
                device = packet.getSocketAddress();
                byte[] octets = Arrays.copyOf(packet.getData(), packet.getLength());
                if (octets[0] == HANDSHAKE && octets[MESSAGE_TYPE_OFFSET] == CLIENT_HELLO) {
                    clientHellos.incrementAndGet();
                }
                if (fromDevice.incrementAndGet() == moveAfter) {
                    moveDevice();
                }
                up.carry(octets, passed -> send(towardsServer, passed, server));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void carryDown(DatagramSocket socket) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    DatagramPacket packet = receive(socket);
                    down.carry(
                            Arrays.copyOf(packet.getData(), packet.getLength()),
                            passed -> send(towardsDevice, passed, device));
                }
            } catch (IOException e) {
                // Closed, or the device has moved.
            }
        });
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
        socket.receive(packet);
        return packet;
    }

    private static void send(DatagramSocket socket, byte[] octets, @Nullable SocketAddress to) {
        try {
            socket.send(new DatagramPacket(octets, octets.length, to));
        } catch (IOException e) {
            // As good as lost.
        }
    }

    private static DatagramSocket socket() {
        try {
            return new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        towardsDevice.close();
        towardsServer.close();
    }

    private interface Carrier {
        void pass(byte[] datagram);
    }

    private static final class Direction {

        private final Faults faults;
        private final Random random;
        private byte @Nullable [] held;

        Direction(Faults faults, Random random) {
            this.faults = faults;
            this.random = random;
        }

        synchronized void carry(byte[] datagram, Carrier carrier) {
            double fate = random.nextDouble();
            if ((fate -= faults.lost) < 0) {
                return;
            }
            if ((fate -= faults.repeated) < 0) {
                carrier.pass(datagram);
            } else if ((fate -= faults.swapped) < 0 && held == null) {
                held = datagram;
                return;
            } else if ((fate -= faults.spoilt) < 0) {
                datagram[random.nextInt(datagram.length)] ^= (byte) (1 << random.nextInt(8));
            }
            carrier.pass(datagram);
            if (held != null) {
                carrier.pass(held);
                held = null;
            }
        }
    }
}
