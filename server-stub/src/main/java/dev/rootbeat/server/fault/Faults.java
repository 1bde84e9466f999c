package dev.rootbeat.server.fault;

import dev.rootbeat.rot.protocol.RotPublicUid;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The faults that are set, and what they have done. Chance follows from the seed, the fault's number, the device and how
 * many occasions it had: the same device meets the same faults again, in whatever order devices come. What has struck is
 * recorded as faults that strike on the same occasions, so a run is played again from its record too. Safe for use by
 * several threads.
 */
public final class Faults {

    /** More would make every message slow. */
    public static final int MAX_FAULTS = 1_000;

    /** What struck is remembered up to so many, the latest ones: about 1 MiB. */
    static final int MAX_STRUCK = 10_000;

    private record Place(String occasion, @Nullable RotPublicUid device) {}

    private final long seed;
    private final Map<Integer, Armed> armed = new TreeMap<>();
    private final Map<Place, Long> occasions = new HashMap<>();
    private final Deque<Fault> struck = new ArrayDeque<>();
    private int last;

    /** Spares the lock while nothing is set, which is the rule. */
    private volatile boolean any;

    /**
     * Sets faults.
     *
     * @throws IllegalArgumentException if there are too many
     */
    public Faults(Collection<Fault> faults, long seed) {
        this.seed = seed;
        faults.forEach(this::add);
    }

    /**
     * Sets one more.
     *
     * @return its number, by which it can be removed
     * @throws IllegalArgumentException if there are too many
     */
    public synchronized int add(Fault fault) {
        if (armed.size() == MAX_FAULTS) {
            throw new IllegalArgumentException("at most " + MAX_FAULTS + " faults are set at a time");
        }
        armed.put(++last, new Armed(last, fault));
        any = true;
        return last;
    }

    /** Removes one; returns whether it was there. */
    public synchronized boolean remove(int number) {
        return armed.remove(number) != null;
    }

    /** Removes all. */
    public synchronized void clear() {
        armed.clear();
    }

    /** The faults that are set, by number. */
    public synchronized Map<Integer, Fault> all() {
        var all = new TreeMap<Integer, Fault>();
        armed.forEach((number, one) -> all.put(number, one.fault));
        return all;
    }

    /** What has struck, oldest first: each as a fault that strikes on the same occasion. */
    public synchronized List<Fault> struck() {
        return List.copyOf(struck);
    }

    /**
     * Tells of an occasion and returns what goes wrong: the first fault that strikes.
     *
     * @param occasion one of {@link Harm#occasion}
     * @param device whose occasion it is; null where it concerns none
     */
    public Optional<Harm> strike(String occasion, @Nullable RotPublicUid device) {
        return any ? struckOn(new Place(occasion, device)) : Optional.empty();
    }

    /** Whether any fault that is set ends the process: only then is every change worth a look. */
    boolean mayCrash() {
        return any && crashIsArmed();
    }

    /** Whether any fault that is set strikes on occasions of this name. */
    boolean mayStrike(String occasion) {
        return any && isArmed(occasion);
    }

    private synchronized boolean isArmed(String occasion) {
        return armed.values().stream()
                .anyMatch(one -> one.fault.harm().occasion().equals(occasion));
    }

    private synchronized boolean crashIsArmed() {
        return armed.values().stream().anyMatch(one -> one.fault.harm() instanceof Harm.Crash);
    }

    private synchronized Optional<Harm> struckOn(Place place) {
        long number = occasions.merge(place, 1L, Long::sum);
        for (Armed one : armed.values()) {
            if (one.strikes(place, number)) {
                if (struck.size() == MAX_STRUCK) {
                    struck.remove();
                }
                struck.add(new Fault(new Often.Nth(number), place.device, one.fault.harm()));
                return Optional.of(one.fault.harm());
            }
        }
        return Optional.empty();
    }

    /** A fault and how often it has struck. */
    private final class Armed {

        private final int number;
        private final Fault fault;
        private int strikes;

        Armed(int number, Fault fault) {
            this.number = number;
            this.fault = fault;
        }

        boolean strikes(Place place, long occasion) {
            boolean concerned = fault.harm().occasion().equals(place.occasion)
                    && (place.device == null
                            || fault.device() == null
                            || fault.device().equals(place.device));
            boolean now = concerned
                    && switch (fault.often()) {
                        case Often.Always _ -> true;
                        case Often.Times(int times) -> strikes < times;
                        case Often.OneIn(int occasions) -> chance(place, occasion, occasions);
                        case Often.Nth(long wanted) -> occasion == wanted;
                    };
            strikes += now ? 1 : 0;
            return now;
        }

        private boolean chance(Place place, long occasion, int oneIn) {
            long drawn = seed;
            drawn = mixed(drawn, number);
            drawn = mixed(drawn, place.occasion.hashCode());
            drawn = mixed(
                    drawn, place.device == null ? 0 : place.device.toString().hashCode());
            drawn = mixed(drawn, occasion);
            return new SplittableRandom(drawn).nextInt(oneIn) == 0;
        }

        private static long mixed(long drawn, long more) {
            return new SplittableRandom(drawn ^ more).nextLong();
        }
    }
}
