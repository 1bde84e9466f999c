package dev.rootbeat.module.frame;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds frames in what a host sends. What is no good frame is noise: the search goes on behind the flag at which it
 * seemed to begin, so a damaged length costs none of the frames behind it. A closing flag may open the next frame. Used
 * on the module's executor.
 */
public final class FrameFinder {

    /** The octet before and behind every frame (3GPP TS 27.010, section 5.2.6.1; AT reference, section 2.4). */
    public static final int FLAG = 0xF9;

    /** How long the octets of one frame may pause: much longer than any link does, and shorter than a host waits. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final FrameForm form;
    private final ScheduledExecutorService executor;
    private final Consumer<byte[]> frames;
    private byte[] octets = new byte[0];
    private int at;
    private @Nullable ScheduledFuture<?> timer;

    /**
     * Makes a finder.
     *
     * @param frames takes the good frames with both their flags
     */
    public FrameFinder(FrameForm form, ScheduledExecutorService executor, Consumer<byte[]> frames) {
        this.form = form;
        this.executor = executor;
        this.frames = frames;
    }

    /** Takes octets as they come. */
    public void input(byte[] more) {
        byte[] joined = Arrays.copyOfRange(octets, at, octets.length + more.length);
        System.arraycopy(more, 0, joined, octets.length - at, more.length);
        octets = joined;
        at = 0;
        find(false);
    }

    /** Takes out what has come behind the last good frame. */
    public byte[] rest() {
        boolean behindFrame = at < octets.length && isFlag(at);
        byte[] rest = Arrays.copyOfRange(octets, behindFrame ? at + 1 : at, octets.length);
        octets = new byte[0];
        at = 0;
        return rest;
    }

    /** No frames come any more. */
    public void close() {
        rest();
        cancelTimer();
    }

    /**
     * Works off what is there.
     *
     * @param last whether nothing more comes to what is incomplete
     */
    private void find(boolean last) {
        cancelTimer();
        while (step(last)) {
            // each step leaves octets behind
        }
        if (octets.length - at > 1) {
            timer = executor.schedule(() -> find(true), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Looks at one flag; returns whether to look at the next. */
    private boolean step(boolean last) {
        while (at < octets.length && !isFlag(at)) {
            at++;
        }
        if (octets.length - at < 2) {
            return false;
        }
        int size = isFlag(at + 1) ? FrameForm.NONE : form.size(octets, at);
        boolean incomplete = size == FrameForm.UNKNOWN || size > octets.length - at;
        if (incomplete && !last) {
            return false;
        }
        int from = at;
        if (incomplete || size == FrameForm.NONE || !isFlag(from + size - 1) || !form.isGood(octets, from, size)) {
            at++;
        } else {
            at += size - 1;
            frames.accept(Arrays.copyOfRange(octets, from, from + size));
        }
        return true;
    }

    private boolean isFlag(int position) {
        return Byte.toUnsignedInt(octets[position]) == FLAG;
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
