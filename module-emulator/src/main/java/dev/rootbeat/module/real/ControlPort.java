package dev.rootbeat.module.real;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.fault.Fault;
import dev.rootbeat.module.fault.Faults;
import dev.rootbeat.options.TextPort;
import dev.rootbeat.options.TextPort.Said;
import java.io.IOException;
import java.net.InetSocketAddress;
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

    private static final Pattern PATH = Pattern.compile("/modules(?:/(\\d{1,4})(?:/(power|faults)(?:/(\\d{1,9}))?)?)?");

    private final TextPort port;
    private final List<PluggedModule> modules = new CopyOnWriteArrayList<>();

    private ControlPort(InetSocketAddress address) throws IOException {
        port = TextPort.listen(address, this::answer);
    }

    /** Listens; fails if the address cannot be had. */
    static ControlPort listen(InetSocketAddress address) throws IOException {
        return new ControlPort(address);
    }

    /** Lets one more module be worked; returns where. */
    String add(PluggedModule module) {
        modules.add(module);
        return port.url() + "/modules/" + modules.size();
    }

    @Override
    public void close() {
        port.close();
    }

    private Said answer(String method, String path, String body) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Said.notFound("there are /modules, /modules/N, /modules/N/power and /modules/N/faults");
        }
        if (matcher.group(1) == null) {
            return method.equals("GET") ? Said.ok(all()) : Said.notAllowed(method, path);
        }
        int number = Integer.parseInt(matcher.group(1));
        if (number < 1 || number > modules.size()) {
            return Said.notFound("there are the modules 1 to " + modules.size() + ", not " + number);
        }
        PluggedModule module = modules.get(number - 1);
        String fault = matcher.group(3);
        return switch (method + " " + (matcher.group(2) == null ? "" : matcher.group(2))
                + (fault == null ? "" : "/N")) {
            case "GET " -> Said.ok(state(number));
            case "POST power" -> power(number, body);
            case "GET faults" -> Said.ok(module.call(() -> faults(module.module())));
            case "POST faults" -> add(module, body);
            case "DELETE faults" -> {
                module.run(module.module().faults()::clear);
                yield Said.ok("");
            }
            case "DELETE faults/N" ->
                module.call(() -> module.module().faults().remove(Integer.parseInt(fault)))
                        ? Said.ok("")
                        : Said.notFound("there is no fault " + fault);
            default -> Said.notAllowed(method, path);
        };
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
                return Said.badRequest("the power can be switched on, off or reboot, not \"" + word + "\"");
            }
        }
        return Said.ok(state(number));
    }

    private static Said add(PluggedModule plugged, String text) {
        try {
            Fault fault = Fault.parse(text);
            Faults faults = plugged.module().faults();
            return Said.ok(plugged.call(() -> faults.add(fault)) + " " + fault);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Said.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static String faults(Module module) {
        return module.faults().all().entrySet().stream()
                .map(fault -> fault.getKey() + " " + fault.getValue())
                .collect(Collectors.joining("\n"));
    }
}
