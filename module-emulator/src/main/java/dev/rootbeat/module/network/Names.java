package dev.rootbeat.module.network;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The host names that a module can look up; there is no other name service. Case does not count. */
public final class Names {

    private final SortedMap<String, InetAddress> addresses = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Knows these names, and {@code localhost}. */
    public Names(Map<String, InetAddress> addresses) {
        this.addresses.put("localhost", InetAddress.getLoopbackAddress());
        this.addresses.putAll(addresses);
    }

    /** Returns the address of a name; an address in its usual notation is that itself. */
    public Optional<InetAddress> find(String name) {
        InetAddress known = addresses.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            return Optional.of(InetAddress.ofLiteral(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the first name of an address. */
    public Optional<String> nameOf(InetAddress address) {
        return addresses.entrySet().stream()
                .filter(entry -> entry.getValue().equals(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
