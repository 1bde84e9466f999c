package dev.rootbeat.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clock and the timers of the simulated world: a queue of events that one thread runs in the order of their
 * instants, and in the order of their submission within an instant. Time stands still while an event runs and jumps to
 * the next event after it, so the same submissions give the same run, and years pass as fast as their events.
 *
 * <p>Everything here belongs to the thread that runs the queue. The resolution is a nanosecond, the range 292 years.
 */
public final class VirtualTime implements InstantSource {

    /** Cancelled tasks stay queued until their time comes; below this number they cost too little to clean up. */
    private static final int CANCELLED_TO_TOLERATE = 1024;

    private final Instant start;
    private final PriorityQueue<VirtualTask<?>> queue = new PriorityQueue<>(VirtualTask.QUEUE_ORDER);
    private Runnable afterEvent = () -> {};
    private long now;
    private long events;
    private long submitted;
    private int cancelled;
    private boolean running;

    /** Starts the clock at the given instant. */
    public VirtualTime(Instant start) {
        this.start = start;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(now);
    }

    /**
     * Returns an executor whose tasks are events of this queue. It is one owner's view: its {@code shutdownNow} cancels
     * that owner's tasks and no others, as a power cut does.
     *
     * @param owner names the owner in error messages
     */
    public ScheduledExecutorService executor(String owner) {
        return new VirtualExecutor(this, owner);
    }

    /** Has the hook run after every event; it replaces an earlier one. What it throws ends the run, as an event's would. */
    public void afterEveryEvent(Runnable hook) {
        afterEvent = hook;
    }

    /** Returns the number of events that have run. */
    public long events() {
        return events;
    }

    /** Returns the number of events that are still to come. */
    public int pending() {
        return queue.size() - cancelled;
    }

    /**
     * An event that is still to come.
     *
     * @param owner whose it is
     * @param in how long from now
     */
    public record Pending(String owner, Duration in) {}

    /** Returns the events that are still to come, the next one first. */
    public List<Pending> agenda() {
        return queue.stream()
                .filter(task -> !task.isCancelled())
                .sorted(VirtualTask.QUEUE_ORDER)
                .map(task -> new Pending(task.owner(), Duration.ofNanos(task.at - now)))
                .toList();
    }

    /**
     * Runs the next event. What the event throws comes out of here; the queue stays usable then.
     *
     * @return false if there was none; the clock has not moved then
     * @throws IllegalStateException if called from inside an event
     */
    public boolean step() {
        return runNextUpTo(Long.MAX_VALUE);
    }

    /**
     * Runs all events up to and including the given instant, and leaves the clock there.
     *
     * @throws IllegalArgumentException if that instant has passed
     */
    public void runUntil(Instant end) {
        long limit = Duration.between(start, end).toNanos();
        if (limit < now) {
            throw new IllegalArgumentException(end + " is before " + instant());
        }
        while (runNextUpTo(limit)) {}
        now = limit;
    }

    /** Runs all events of the given span from now, its end included, and leaves the clock there. */
    public void runFor(Duration span) {
        runUntil(instant().plus(span));
    }

    /**
     * Runs events until the condition holds, at most for the given span.
     *
     * @return whether the condition holds; if not, the clock is at the end of the span
     */
    public boolean runUntil(BooleanSupplier condition, Duration atMost) {
        Instant end = instant().plus(atMost);
        long limit = Duration.between(start, end).toNanos();
        while (!condition.getAsBoolean()) {
            if (!runNextUpTo(limit)) {
                now = limit;
                return false;
            }
        }
        return true;
    }

    private boolean runNextUpTo(long limit) {
        if (running) {
            throw new IllegalStateException("time cannot be run from inside an event");
        }
        VirtualTask<?> task = peek();
        if (task == null || task.at > limit) {
            return false;
        }
        queue.remove();
        now = task.at;
        events++;
        running = true;
        try {
            task.run();
            afterEvent.run();
        } finally {
            running = false;
        }
        return true;
    }

    private @Nullable VirtualTask<?> peek() {
        VirtualTask<?> head = queue.peek();
        while (head != null && head.isCancelled()) {
            queue.remove();
            cancelled--;
            head = queue.peek();
        }
        return head;
    }

    long now() {
        return now;
    }

    /** Queues the task; a delay that leaves the range of the clock ends at its end. */
    void enqueue(VirtualTask<?> task, long delayNanos) {
        long at = now + Math.max(0, delayNanos);
        task.at = at < now ? Long.MAX_VALUE : at;
        task.sequence = submitted++;
        queue.add(task);
    }

    /** Notes that a queued task was cancelled; it is not searched for, because that takes time in a long queue. */
    void noteCancelled() {
        cancelled++;
        if (cancelled > CANCELLED_TO_TOLERATE && cancelled > queue.size() / 2) {
            queue.removeIf(VirtualTask::isCancelled);
            cancelled = 0;
        }
    }
}
