package dev.rootbeat.module.tls;

import java.util.List;
import java.util.stream.Stream;

/** The TLS profiles of a module, the same for all its hosts. */
public final class TlsProfiles {

    /** The number of the last profile; the first is 0. */
    public static final int LAST = 4;

    private final List<TlsProfile> all =
            Stream.generate(TlsProfile::new).limit(LAST + 1).toList();

    /** Returns the profile of a number from 0 to {@value #LAST}. */
    public TlsProfile get(int number) {
        return all.get(number);
    }
}
