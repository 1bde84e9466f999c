package dev.rootbeat.module.mqtt;

import dev.rootbeat.module.network.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches how long a connection is without packets to the broker (MQTT 3.1.1, section 3.1.2.10). When the time is over
 * the client either sends a ping, or is inactive.
 */
final class KeepAlive {

    private final Timers timers;
    private final Duration interval;
    private final Duration patience;
    private final Actions actions;
    private boolean pings;
    private Timers.@Nullable Timer idle;
    private Timers.@Nullable Timer pong;

    /** What is done about a connection. */
    interface Actions {

        /** Send a ping. */
        void ping();

        /** End it: nothing was sent for too long. */
        void inactive();

        /** Give it up: no answer came to a ping. */
        void unanswered();
    }

    /**
     * Begins to watch.
     *
     * @param interval how long may be without a packet; zero for ever
     * @param patience how long the answer to a ping may take
     */
    KeepAlive(Timers timers, Duration interval, Duration patience, Actions actions) {
        this.timers = timers;
        this.interval = interval;
        this.patience = patience;
        this.actions = actions;
        sent();
    }

    /** Whether pings are sent. */
    void pings(boolean on) {
        pings = on;
    }

    /** A packet was sent. */
    void sent() {
        cancel(idle);
        if (interval.isPositive()) {
            idle = timers.after(interval, this::idle);
        }
    }

    private void idle() {
        if (!pings) {
            actions.inactive();
            return;
        }
        if (pong == null) {
            pong = timers.after(patience, actions::unanswered);
        }
        actions.ping();
        sent();
    }

    /** The answer to a ping has come. */
    void answered() {
        cancel(pong);
        pong = null;
    }

    void stop() {
        cancel(idle);
        cancel(pong);
    }

    private static void cancel(Timers.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
