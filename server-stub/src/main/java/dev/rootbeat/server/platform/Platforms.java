package dev.rootbeat.server.platform;

import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.PlatformSettings;
import dev.rootbeat.server.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The platforms that certificates can be registered with, by their names. */
public final class Platforms {

    /**
     * A device waits for its reply meanwhile. It is shorter than the time after which a CoAP client asks again
     * (ACK_TIMEOUT of RFC 7252, section 4.8, is two seconds).
     */
    public static final Duration PATIENCE = Duration.ofMillis(1500);

    private static final Logger LOG = LoggerFactory.getLogger(Platforms.class);

    private final SortedMap<String, Platform> platforms;
    private final Duration patience;
    private final ScheduledExecutorService timer;

    /**
     * Assembles the platforms.
     *
     * @param patience how long a platform may take to register a certificate; longer is as if it failed
     * @param timer tells when patience ends
     */
    public Platforms(Map<String, Platform> platforms, Duration patience, ScheduledExecutorService timer) {
        this.platforms = new TreeMap<>(platforms);
        this.patience = patience;
        this.timer = timer;
    }

    /** The server's own platform alone. */
    public static Platforms own(Platform own, ScheduledExecutorService timer) {
        return new Platforms(Map.of(PlatformSettings.OWN, own), PATIENCE, timer);
    }

    /** The names of the platforms there are. */
    public SortedSet<String> names() {
        return new TreeSet<>(platforms.keySet());
    }

    /**
     * Registers a certificate in the transaction that records it, with those platforms that can do that.
     *
     * @return the names of the others
     */
    public List<String> registerWithin(Transaction tx, List<String> names, IssuedCertificate certificate) {
        return names.stream()
                .filter(name -> {
                    Platform platform = platforms.get(name);
                    return platform == null || !platform.registerWithin(tx, certificate);
                })
                .toList();
    }

    /**
     * Registers a certificate with platforms. It may be there already: each platform knows it once.
     *
     * @return whether all of them know it now; never fails
     */
    public CompletableFuture<Boolean> register(List<String> names, IssuedCertificate certificate) {
        List<CompletableFuture<Boolean>> answers =
                names.stream().map(name -> register(name, certificate)).toList();
        return answers.stream()
                .reduce((one, other) -> one.thenCombine(other, Boolean::logicalAnd))
                .orElseGet(() -> CompletableFuture.completedFuture(true));
    }

    private CompletableFuture<Boolean> register(String name, IssuedCertificate certificate) {
        Platform platform = platforms.get(name);
        if (platform == null) {
            LOG.info(
                    "certificate {} waits for the platform {}, which this server does not know",
                    serial(certificate),
                    name);
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<?> registered = platform.register(certificate);
        var answer = new CompletableFuture<Boolean>();
        // Most answer at once, or soon.
        Optional<ScheduledFuture<?>> late = registered.isDone()
                ? Optional.empty()
                : Optional.of(timer.schedule(
                        () -> settle(answer, name, certificate, new TimeoutException("no answer within " + patience)),
                        patience.toNanos(),
                        TimeUnit.NANOSECONDS));
        var _ = registered.whenComplete((_, failure) -> {
            late.ifPresent(timeout -> timeout.cancel(false));
            settle(answer, name, certificate, failure);
        });
        return answer;
    }

    /** The first end counts. */
    private static void settle(
            CompletableFuture<Boolean> answer,
            String name,
            IssuedCertificate certificate,
            @Nullable Throwable failure) {
        if (answer.complete(failure == null) && failure != null) {
            LOG.info(
                    "the platform {} did not register certificate {}: {}",
                    name,
                    serial(certificate),
                    failure.toString());
        }
    }

    private static String serial(IssuedCertificate certificate) {
        return certificate.serialNumber().toString(16);
    }
}
