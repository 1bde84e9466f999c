package dev.rootbeat.module;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One direction of a serial line, on which an octet takes its time: a start bit, eight of data and one to stop. Octets
 * arrive in small lots, in their order, on the module's executor.
 */
final class SerialLine {

    /** A lot as most UARTs have it: fewer timers than octets, and still nothing that a host would notice. */
    private static final int LOT = 16;

    private static final int BITS_PER_OCTET = 10;

    /** What waits to be sent; more than any answer and any payload has. What is beyond is lost, as in a full UART. */
    private static final int MAX_WAITING = 1024 * 1024;

    private final int bitsPerSecond;
    private final ScheduledExecutorService executor;
    private final Consumer<byte[]> arrival;
    private final ByteBuf waiting = Unpooled.buffer(0);
    private boolean sending;

    SerialLine(int bitsPerSecond, ScheduledExecutorService executor, Consumer<byte[]> arrival) {
        this.bitsPerSecond = bitsPerSecond;
        this.executor = executor;
        this.arrival = arrival;
    }

    /** Sends octets behind those that are still on their way. */
    void send(byte[] octets) {
        waiting.writeBytes(octets, 0, Math.min(octets.length, MAX_WAITING - waiting.readableBytes()));
        if (!sending) {
            sendLot();
        }
    }

    private void sendLot() {
        int lot = Math.min(LOT, waiting.readableBytes());
        sending = lot > 0;
        if (sending) {
            var _ = executor.schedule(
                    () -> {
                        byte[] sent = ByteBufUtil.getBytes(waiting.readSlice(lot));
                        waiting.discardSomeReadBytes();
                        arrival.accept(sent);
                        sendLot();
                    },
                    TimeUnit.SECONDS.toNanos(1) * BITS_PER_OCTET * lot / bitsPerSecond,
                    TimeUnit.NANOSECONDS);
        }
    }
}
