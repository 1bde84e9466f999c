package dev.rootbeat.server.manage;

import dev.rootbeat.options.TextPort;
import dev.rootbeat.options.TextPort.Said;
import dev.rootbeat.server.fault.Fault;
import dev.rootbeat.server.fault.Faults;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.StoreException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An HTTP port for those who run the server, in lines of text:
 *
 * <pre>
 * GET    /health/live       200 while the process answers
 * GET    /health/ready      200 if the store can be read, else 503 and why
 * GET    /metrics           figures, as Prometheus reads them
 * GET    /faults            the faults that are set, each with its number
 * POST   /faults            one more fault, as {@link Fault#parse} reads it
 * DELETE /faults            none any more
 * DELETE /faults/7          without this one
 * GET    /faults/struck     what has struck, as faults that strike on the same occasions
 * </pre>
 *
 * <p>Whoever reaches the port may use it: it belongs on an address that only operators reach.
 */
public final class ManagementPort implements AutoCloseable {

    private static final Pattern FAULT = Pattern.compile("/faults/([0-9]{1,9})");
    private static final int UNAVAILABLE = 503;

    private final Store store;
    private final Metrics metrics;
    private final Faults faults;
    private final TextPort port;

    private ManagementPort(InetSocketAddress address, Store store, Metrics metrics, Faults faults) throws IOException {
        this.store = store;
        this.metrics = metrics;
        this.faults = faults;
        this.port = TextPort.listen(address, this::answer);
    }

    /**
     * Listens.
     *
     * @throws IOException if the address cannot be had
     */
    public static ManagementPort listen(InetSocketAddress address, Store store, Metrics metrics, Faults faults)
            throws IOException {
        return new ManagementPort(address, store, metrics, faults);
    }

    /** Where it listens. */
    public String url() {
        return port.url();
    }

    @Override
    public void close() {
        port.close();
    }

    private Said answer(String method, String path, String body) {
        Matcher fault = FAULT.matcher(path);
        if (fault.matches()) {
            return method.equals("DELETE") ? remove(Integer.parseInt(fault.group(1))) : Said.notAllowed(method, path);
        }
        return switch (method + " " + path) {
            case "GET /health/live" -> Said.ok("live");
            case "GET /health/ready" -> ready();
            case "GET /metrics" -> Said.ok(metrics.text());
            case "GET /faults" ->
                Said.ok(faults.all().entrySet().stream()
                        .map(set -> set.getKey() + " " + set.getValue())
                        .collect(Collectors.joining("\n")));
            case "POST /faults" -> add(body);
            case "DELETE /faults" -> {
                faults.clear();
                yield Said.ok("");
            }
            case "GET /faults/struck" ->
                Said.ok(faults.struck().stream().map(Fault::toString).collect(Collectors.joining("\n")));
            default ->
                Said.notFound("there are GET /health/live, /health/ready, /metrics, /faults and /faults/struck,"
                        + " POST /faults, DELETE /faults and /faults/N");
        };
    }

    private Said ready() {
        try {
            store.read(view -> view.domain(""));
            return Said.ok("ready");
        } catch (StoreException e) {
            return new Said(UNAVAILABLE, "the store cannot be read: " + e.getMessage());
        }
    }

    private Said add(String text) {
        try {
            Fault fault = Fault.parse(text);
            return Said.ok(faults.add(fault) + " " + fault);
        } catch (IllegalArgumentException e) {
            return Said.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private Said remove(int number) {
        return faults.remove(number) ? Said.ok("") : Said.notFound("there is no fault " + number);
    }
}
