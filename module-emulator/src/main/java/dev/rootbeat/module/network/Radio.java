package dev.rootbeat.module.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A module's way onto the cellular network, from power-on to power-off. It registers by itself, after the network's
 * delay, when the radio is on, the network is to be used and there is coverage; and is registered until one of these
 * ends. Every method is called on the module's executor.
 */
public final class Radio {

    /** Where registration stands, with its number in {@code +CREG} (3GPP TS 27.007). */
    public enum Registration {
        /** Not registered and not searching. */
        NONE(0),
        /** Registered at home. */
        HOME(1),
        /** Searching. */
        SEARCHING(2);

        private final int number;

        Registration(int number) {
            this.number = number;
        }

        /** The number in {@code +CREG}. */
        public int number() {
            return number;
        }
    }

    /** How long a command waits for the registration: as long as hosts wait for {@code AT+COPS}. */
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(3);

    /** {@code +CFUN}: full functionality. */
    public static final int FULL = 1;

    private final CellularNetwork network;
    private final Technology technology;
    private final Timers timers;
    private final List<Runnable> observers = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private Registration registration = Registration.NONE;
    private int functionality = FULL;
    private boolean covered = true;
    private boolean wanted = true;
    private Timers.@Nullable Timer search;

    /** Makes a radio that does nothing until it is started. */
    public Radio(CellularNetwork network, Technology technology, Timers timers) {
        this.network = network;
        this.technology = technology;
        this.timers = timers;
    }

    /** Calls the observer whenever registration changes; those that were added first come first. */
    public void observe(Runnable observer) {
        observers.add(observer);
    }

    /** Begins to search for a network. */
    public void start() {
        reconsider();
    }

    /** The network that it sees. */
    public CellularNetwork network() {
        return network;
    }

    /** The technology that it uses. */
    public Technology technology() {
        return technology;
    }

    /** Where registration stands. */
    public Registration registration() {
        return registration;
    }

    /** Whether it is registered and attached; there is no one without the other. */
    public boolean isRegistered() {
        return registration == Registration.HOME;
    }

    /** What {@code +CFUN} shows: {@link #FULL}, or another number while the radio is off. */
    public int functionality() {
        return functionality;
    }

    /** Switches the radio on or off. */
    public void functionality(int number) {
        functionality = number;
        reconsider();
    }

    /** Whether the radio is on. */
    public boolean isOn() {
        return functionality == FULL;
    }

    /** Uses the network, or leaves it ({@code +COPS}, {@code +CGATT}). */
    public void use(boolean network) {
        wanted = network;
        reconsider();
    }

    /** The network is there, or it is not: a fault for tests. */
    public void coverage(boolean there) {
        covered = there;
        reconsider();
    }

    /**
     * Waits until the module is registered.
     *
     * @param outcome told once whether it is: at once if it is, and no later than after {@link #LONGEST_WAIT}
     * @return gives up the wait
     */
    public Runnable await(Consumer<Boolean> outcome) {
        if (isRegistered()) {
            outcome.accept(true);
            return () -> {};
        }
        var wait = new Wait(outcome);
        waits.add(wait);
        wait.limit = timers.after(LONGEST_WAIT, () -> wait.end(false));
        return wait::forget;
    }

    private void reconsider() {
        if (!isOn() || !wanted) {
            stopSearching();
            become(Registration.NONE);
            List.copyOf(waits).forEach(wait -> wait.end(false));
        } else if (!covered) {
            stopSearching();
            become(Registration.SEARCHING);
        } else if (!isRegistered() && search == null) {
            become(Registration.SEARCHING);
            Duration delay = network.delays().registration();
            if (delay.isZero()) {
                register();
            } else {
                search = timers.after(delay, this::register);
            }
        }
    }

    private void register() {
        search = null;
        become(Registration.HOME);
        List.copyOf(waits).forEach(wait -> wait.end(true));
    }

    private void stopSearching() {
        if (search != null) {
            search.cancel();
            search = null;
        }
    }

    private void become(Registration now) {
        if (registration != now) {
            registration = now;
            List.copyOf(observers).forEach(Runnable::run);
        }
    }

    /** Somebody who waits for the registration. */
    private final class Wait {

        private final Consumer<Boolean> outcome;
        private Timers.@Nullable Timer limit;

        Wait(Consumer<Boolean> outcome) {
            this.outcome = outcome;
        }

        void end(boolean registered) {
            forget();
            outcome.accept(registered);
        }

        void forget() {
            waits.remove(this);
            if (limit != null) {
                limit.cancel();
            }
        }
    }
}
