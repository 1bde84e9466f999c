package dev.rootbeat.scenario.testbed;

import dev.rootbeat.conformance.world.SimulatedServer;
import dev.rootbeat.server.Timers;
import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Virtual time among real sockets: it stands still while something is on its way over one, and jumps to the next event
 * when nothing is. The thread that makes it drives it; others only read the time, and hand over what has arrived.
 */
final class DrivenTime implements Timers {

    private static final Logger LOG = LoggerFactory.getLogger(DrivenTime.class);

    /**
     * An answer of this machine comes within milliseconds. What has none by then is held up until some later time, or lost,
     * because somebody wants that: time goes on without it.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** While something is held up, any event may set it free; it gets so long to come then. */
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final VirtualTime time;
    private final ScheduledExecutorService arrived;
    private final Thread driver = Thread.currentThread();
    private final BlockingQueue<Runnable> arrivals = new LinkedBlockingQueue<>();

    /** What is on its way, and whether it is held up. */
    private final IdentityHashMap<CompletableFuture<?>, Boolean> underWay = new IdentityHashMap<>();

    DrivenTime(VirtualTime time) {
        this.time = time;
        this.arrived = time.executor("arrivals");
    }

    @Override
    public ScheduledExecutorService open(String name, int threads) {
        return new DrivenExecutor(this, time.executor(name), time);
    }

    /** As rare as in the simulated world: most looks find nothing. */
    @Override
    public Duration look() {
        return SimulatedServer.LOOK;
    }

    /** Lets time stand still until an exchange is over; its end is an event, in which the future that is returned ends. */
    <T> CompletableFuture<T> over(CompletableFuture<T> exchange) {
        var end = new CompletableFuture<T>();
        underWay.put(exchange, false);
        var _ = exchange.whenComplete((result, failure) -> hand(() -> {
            underWay.remove(exchange);
            arrived.execute(() -> {
                if (failure == null) {
                    end.complete(result);
                } else {
                    end.completeExceptionally(failure);
                }
            });
        }));
        return end;
    }

    /** Has the thread that drives the time do something, which is to take none: at once, or before time goes on. */
    void hand(Runnable what) {
        if (Thread.currentThread() == driver) {
            what.run();
        } else {
            arrivals.add(what);
        }
    }

    /** To be called before every event: takes what has arrived, and waits for what is on its way. */
    void settle() {
        Runnable arrival = arrivals.poll();
        if (arrival == null && !underWay.isEmpty()) {
            arrival = await(underWay.containsValue(false) ? PATIENCE : GLANCE);
        }
        while (arrival != null) {
            arrival.run();
            arrival = arrivals.poll();
        }
    }

    private @Nullable Runnable await(Duration atMost) {
        try {
            Runnable arrival = arrivals.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (arrival == null) {
                LOG.debug("{}: time goes on without an answer to {} exchanges", time.instant(), underWay.size());
                underWay.replaceAll((_, _) -> true);
            }
            return arrival;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
