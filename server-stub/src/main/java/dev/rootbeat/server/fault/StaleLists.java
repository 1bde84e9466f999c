package dev.rootbeat.server.fault;

import dev.rootbeat.server.model.Crl;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/** Lets revocation lists grow stale: shows again what was shown first since the fault was set. */
public final class StaleLists implements UnaryOperator<Crl> {

    private final Faults faults;
    private final ConcurrentMap<String, Crl> first = new ConcurrentHashMap<>();

    /** Makes it show every list as it is, until a fault strikes. */
    public StaleLists(Faults faults) {
        this.faults = faults;
    }

    @Override
    public Crl apply(Crl present) {
        if (faults.strike(Harm.StaleLists.OCCASION, null).isPresent()) {
            return first.computeIfAbsent(present.rootCa(), _ -> present);
        }
        first.remove(present.rootCa());
        return present;
    }
}
