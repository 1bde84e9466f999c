package dev.rootbeat.module.http;

import dev.rootbeat.module.at.Urcs;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.module.network.Dialer;
import dev.rootbeat.module.network.Timers;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The HTTP client of a module (AT reference, section 4.3): profiles, each with one request at a time. An answer is stored
 * as a file, and then the hosts are told by {@code +UUHTTPCR}. Every method is called on the module's executor.
 */
public final class HttpClient {

    /** The number of the last profile; the first is 0. */
    public static final int LAST = 3;

    private final Dialer dialer;
    private final Timers timers;
    private final FileStore files;
    private final Urcs urcs;
    private final List<HttpProfile> profiles =
            Stream.generate(HttpProfile::new).limit(LAST + 1).toList();
    private final Map<Integer, HttpError> errors = new TreeMap<>();
    private final Set<Integer> busy = new HashSet<>();

    /**
     * Makes a client that asks nothing.
     *
     * @param files where answers go
     * @param urcs where the hosts are told
     */
    public HttpClient(Dialer dialer, Timers timers, FileStore files, Urcs urcs) {
        this.dialer = dialer;
        this.timers = timers;
        this.files = files;
        this.urcs = urcs;
    }

    /** Returns the profile of a number from 0 to {@value #LAST}. */
    public HttpProfile profile(int number) {
        return profiles.get(number);
    }

    /** What the last request of a profile came to. */
    public HttpError error(int profile) {
        return errors.getOrDefault(profile, HttpError.NONE);
    }

    /** Begins to ask the server of a profile; returns whether it could. */
    public boolean ask(int number, HttpCall call) {
        HttpProfile profile = profile(number);
        if (busy.contains(number)) {
            return false;
        }
        if (!dialer.isOnline()) {
            errors.put(number, HttpError.NO_NETWORK);
            return false;
        }
        if (profile.server().host().isEmpty()) {
            errors.put(number, HttpError.INTERNAL);
            return false;
        }
        busy.add(number);
        int limit = files.free() + files.size(call.responseFile());
        var _ = new HttpExchange(
                profile, call, dialer, timers, limit, (error, response) -> answered(number, call, error, response));
        return true;
    }

    private void answered(int number, HttpCall call, HttpError error, Bytes response) {
        busy.remove(number);
        boolean good = error == HttpError.NONE
                && files.write(call.responseFile(), response).isEmpty();
        errors.put(number, good || error != HttpError.NONE ? error : HttpError.INTERNAL);
        urcs.show("+UUHTTPCR: " + number + "," + call.command() + "," + (good ? 1 : 0));
    }
}
