package dev.rootbeat.module.real;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rootbeat.module.Module;
import dev.rootbeat.module.fault.Fault;
import dev.rootbeat.module.fault.Faults;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An HTTP port for those who work the faults and the power of modules from outside, in lines of text:
 *
 * <pre>
 * GET    /modules                how all modules are, a line each
 * GET    /modules/1              how the first is
 * POST   /modules/1/power        on, off or reboot
 * GET    /modules/1/faults       its faults, each with its number
 * POST   /modules/1/faults       one more fault, as {@link Fault#parse} reads it
 * DELETE /modules/1/faults       none any more
 * DELETE /modules/1/faults/7     without this one
 * </pre>
 *
 * <p>Whoever reaches the port may use it, as with the ports for hosts.
 */
final class ControlPort implements AutoCloseable {

    /** More than the text of any fault. */
    private static final int MAX_BODY = 64 * 1024;

    private static final Pattern PATH = Pattern.compile("/modules(?:/(\\d{1,4})(?:/(power|faults)(?:/(\\d{1,9}))?)?)?");

    /** What the JDK's server wants to be told then. */
    private static final int NO_BODY = -1;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;

    /** What is answered. */
    private record Said(int status, String text) {}

    private final HttpServer server;
    private final List<PluggedModule> modules = new CopyOnWriteArrayList<>();

    private ControlPort(HttpServer server) {
        this.server = server;
    }

    /** Listens; fails if the address cannot be had. There is one thread, so that one call is done after the other. */
    static ControlPort listen(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        var port = new ControlPort(server);
        server.createContext("/", port::handle);
        server.start();
        return port;
    }

    /** Lets one more module be worked; returns where. */
    String add(PluggedModule module) {
        modules.add(module);
        InetSocketAddress address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/modules/"
                + modules.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
            Said said = body.length > MAX_BODY
                    ? new Said(TOO_LARGE, "at most " + MAX_BODY + " octets")
                    : answer(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            new String(body, StandardCharsets.UTF_8).strip());
            byte[] text = (said.text.isEmpty() ? "" : said.text + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(said.status, text.length == 0 ? NO_BODY : text.length);
            if (text.length > 0) {
                exchange.getResponseBody().write(text);
            }
        }
    }

    private Said answer(String method, String path, String body) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return new Said(NOT_FOUND, "there are /modules, /modules/N, /modules/N/power and /modules/N/faults");
        }
        if (matcher.group(1) == null) {
            return method.equals("GET") ? new Said(OK, all()) : notAllowed(method, path);
        }
        int number = Integer.parseInt(matcher.group(1));
        if (number < 1 || number > modules.size()) {
            return new Said(NOT_FOUND, "there are the modules 1 to " + modules.size() + ", not " + number);
        }
        PluggedModule module = modules.get(number - 1);
        String fault = matcher.group(3);
        return switch (method + " " + (matcher.group(2) == null ? "" : matcher.group(2))
                + (fault == null ? "" : "/N")) {
            case "GET " -> new Said(OK, state(number));
            case "POST power" -> power(number, body);
            case "GET faults" -> new Said(OK, module.call(() -> faults(module.module())));
            case "POST faults" -> add(module, body);
            case "DELETE faults" -> {
                module.run(module.module().faults()::clear);
                yield new Said(OK, "");
            }
            case "DELETE faults/N" ->
                module.call(() -> module.module().faults().remove(Integer.parseInt(fault)))
                        ? new Said(OK, "")
                        : new Said(NOT_FOUND, "there is no fault " + fault);
            default -> notAllowed(method, path);
        };
    }

    private static Said notAllowed(String method, String path) {
        return new Said(NOT_ALLOWED, method + " is not for " + path);
    }

    private String all() {
        return IntStream.rangeClosed(1, modules.size()).mapToObj(this::state).collect(Collectors.joining("\n"));
    }

    /** Such as {@code 1 0a04f008003c9623 SARA-R510M8S-01B-00 imei 357862090326242 on registered faults 2}. */
    private String state(int number) {
        PluggedModule plugged = modules.get(number - 1);
        Module module = plugged.module();
        return plugged.call(() -> number + " " + module.uid() + " " + module.product() + " imei " + module.imei() + " "
                + (module.isOn() ? "on " + (module.radio().isRegistered() ? "registered" : "unregistered") : "off")
                + " faults " + module.faults().all().size());
    }

    private Said power(int number, String word) {
        PluggedModule plugged = modules.get(number - 1);
        Module module = plugged.module();
        switch (word) {
            case "on" -> plugged.run(module::powerOn);
            case "off" -> plugged.run(module::powerOff);
            case "reboot" -> plugged.run(module::reboot);
            default -> {
                return new Said(BAD_REQUEST, "the power can be switched on, off or reboot, not \"" + word + "\"");
            }
        }
        return new Said(OK, state(number));
    }

    private static Said add(PluggedModule plugged, String text) {
        try {
            Fault fault = Fault.parse(text);
            Faults faults = plugged.module().faults();
            return new Said(OK, plugged.call(() -> faults.add(fault)) + " " + fault);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return new Said(BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static String faults(Module module) {
        return module.faults().all().entrySet().stream()
                .map(fault -> fault.getKey() + " " + fault.getValue())
                .collect(Collectors.joining("\n"));
    }
}
