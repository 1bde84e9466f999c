package dev.rootbeat.sim;

import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A device's end of the {@link SimNetwork}. */
final class SimChannel implements SecureChannel {

    /** How long it waits before it sends the request once more, and again before it gives up (protocol, section 1). */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimNetwork network;
    private final RotPublicUid device;
    private final ScheduledExecutorService executor;
    private @Nullable Exchange underWay;
    private boolean closed;

    SimChannel(SimNetwork network, RotPublicUid device, ScheduledExecutorService executor) {
        this.network = network;
        this.device = device;
        this.executor = executor;
    }

    @Override
    public void send(Request request, Consumer<Outcome> outcome) {
        if (closed || underWay != null) {
            throw new IllegalStateException(closed ? "the channel is closed" : "a request is under way already");
        }
        underWay = new Exchange(new Packet(device, request, null), outcome);
    }

    @Override
    public void close() {
        closed = true;
        if (underWay != null) {
            underWay.timer.cancel(false);
            underWay = null;
        }
    }

    /** One request, until its outcome is told. */
    private final class Exchange implements SimNetwork.Receiver {
        private final Packet packet;
        private final Consumer<Outcome> outcome;
        private Future<?> timer;
        private boolean answered;

        Exchange(Packet packet, Consumer<Outcome> outcome) {
            this.packet = packet;
            this.outcome = outcome;
            timer = afterPatience(this::sendAgain);
            network.send(packet, this);
        }

        private Future<?> afterPatience(Runnable task) {
            return executor.schedule(task, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void sendAgain() {
            timer = afterPatience(() -> tell(new Outcome.NoAnswer("no answer within " + PATIENCE.multipliedBy(2))));
            network.send(packet, this);
        }

        @Override
        public boolean isWaiting() {
            return underWay == this && !answered && !executor.isShutdown();
        }

        @Override
        public void receive(Response response) {
            answered = true;
            timer.cancel(false);
            executor.execute(() -> tell(new Outcome.Answered(response)));
        }

        private void tell(Outcome what) {
            if (underWay == this) {
                underWay = null;
                outcome.accept(what);
            }
        }
    }
}
