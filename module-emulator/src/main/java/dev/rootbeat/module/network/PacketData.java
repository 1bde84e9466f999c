package dev.rootbeat.module.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * The active packet data contexts of a module, and what they carry. The network activates the first one as soon as the
 * module is registered, and all end with the registration. Every method is called on the module's executor.
 */
public final class PacketData {

    /** The context that comes with the registration. */
    public static final int FIRST = 1;

    private final Radio radio;
    private final IntFunction<String> accessPoint;
    private final SortedMap<Integer, String> active = new TreeMap<>();
    private final Map<Integer, Traffic> traffic = new HashMap<>();
    private final List<Consumer<String>> observers = new ArrayList<>();
    private boolean attached;

    /**
     * Follows a radio.
     *
     * @param accessPoint the name of the access point that a context is defined with, empty if it names none
     */
    public PacketData(Radio radio, IntFunction<String> accessPoint) {
        this.radio = radio;
        this.accessPoint = accessPoint;
        radio.observe(this::follow);
        follow();
    }

    /** Tells the observer of every event, as {@code +CGEV} shows it (3GPP TS 27.007). */
    public void observe(Consumer<String> observer) {
        observers.add(observer);
    }

    /** The active contexts with the names of their access points. */
    public SortedMap<Integer, String> active() {
        return Collections.unmodifiableSortedMap(active);
    }

    /** Whether a context is active. */
    public boolean isActive(int context) {
        return active.containsKey(context);
    }

    /** Activates a context of a module that is registered. */
    public void activate(int context) {
        String name = accessPoint.apply(context);
        active.put(context, name.isEmpty() ? radio.network().bearer().defaultApn() : name);
        traffic.put(context, traffic(context).anew());
        tell("ME PDN ACT " + context);
    }

    /** Deactivates a context. */
    public void deactivate(int context) {
        active.remove(context);
        tell("ME PDN DEACT " + context);
    }

    /** Counts octets that a context has carried. */
    public void count(int context, long sent, long received) {
        traffic.put(context, traffic(context).plus(sent, received));
    }

    /** What a context has carried. */
    public Traffic traffic(int context) {
        return traffic.getOrDefault(context, Traffic.NONE);
    }

    /** Sets the totals of a context. */
    public void total(int context, long sent, long received) {
        traffic.put(context, traffic(context).withTotal(sent, received));
    }

    private void follow() {
        if (radio.isRegistered()) {
            attached = true;
            activate(FIRST);
        } else if (attached) {
            attached = false;
            active.clear();
            tell(radio.isOn() ? "NW DETACH" : "ME DETACH");
        }
    }

    private void tell(String event) {
        observers.forEach(observer -> observer.accept(event));
    }
}
