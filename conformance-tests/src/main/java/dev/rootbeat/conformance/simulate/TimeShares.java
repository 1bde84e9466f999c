package dev.rootbeat.conformance.simulate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** On what the threads of simulated worlds spend their time, as far as is seen by looking at them now and then. */
final class TimeShares implements AutoCloseable {

    /** The threads that worlds live on. */
    static final String THREADS = "rootbeat-world-";

    private static final String BASE = "dev.rootbeat.";

    /** Seldom enough to cost nothing. */
    private static final long PAUSE_MILLIS = 50;

    /** Who is at work, by the first of these names that a class on the stack begins with; what all use is passed over. */
    private static final List<Part> PARTS = List.of(
            new Part("", List.of("server.store.", "server.model.", "rot.crypto.", "rot.protocol.", "rot.Certificate")),
            new Part(
                    "promises",
                    List.of(
                            "conformance.model.",
                            "conformance.world.Promises",
                            "conformance.world.AdmissionPromises",
                            "conformance.world.Credential",
                            "conformance.world.LedgerPromises",
                            "conformance.world.MannerPromises",
                            "conformance.world.OwnershipPromises",
                            "conformance.world.RevocationPromises",
                            "conformance.world.WebhookPromises",
                            "conformance.world.EventLog")),
            new Part("server", List.of("server.")),
            new Part("modules", List.of("module.", "rot.")),
            new Part("network and clock", List.of("sim.")),
            new Part("operators and receivers", List.of("conformance.")));

    private record Part(String name, List<String> prefixes) {

        boolean isAtWork(StackTraceElement frame) {
            String type = frame.getClassName();
            return type.startsWith(BASE)
                    && prefixes.stream().anyMatch(prefix -> type.startsWith(prefix, BASE.length()));
        }
    }

    private final Map<String, Integer> looks = new LinkedHashMap<>();
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("rootbeat-looker").daemon().factory());

    /** Begins to look. */
    TimeShares() {
        PARTS.stream().map(Part::name).filter(name -> !name.isEmpty()).forEach(name -> looks.put(name, 0));
        var _ = looker.scheduleAtFixedRate(this::look, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (thread.getName().startsWith(THREADS)) {
                Arrays.stream(stack)
                        .flatMap(frame -> part(frame).stream())
                        .filter(name -> !name.isEmpty())
                        .findFirst()
                        .ifPresent(name -> looks.merge(name, 1, Integer::sum));
            }
        });
    }

    private static Optional<String> part(StackTraceElement frame) {
        return PARTS.stream()
                .filter(part -> part.isAtWork(frame))
                .map(Part::name)
                .findFirst();
    }

    /** The share of each in percent; all are nothing if nobody was seen at work. */
    synchronized Map<String, Long> percent() {
        int all = looks.values().stream().mapToInt(Integer::intValue).sum();
        var percent = new LinkedHashMap<String, Long>();
        looks.forEach((name, times) -> percent.put(name, all == 0 ? 0 : Math.round(100.0 * times / all)));
        return percent;
    }

    /** The shares in words. */
    static String words(Map<String, Long> percent) {
        return percent.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(share -> String.format(Locale.ROOT, "%s %d %%", share.getKey(), share.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        looker.shutdownNow();
        looker.close();
    }
}
