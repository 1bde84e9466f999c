package dev.rootbeat.server.event;

import dev.rootbeat.options.DurationConverter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How a command is told what to tell whom. */
public final class EventOptions {

    @Option(
            names = "--webhook-allow",
            paramLabel = "HOST",
            description = "Let webhooks lead to this host too, a name or an address; may be repeated (default: this"
                    + " machine only, by a loopback address or as localhost).")
    private List<String> allowed = new ArrayList<>();

    @Option(
            names = "--expiry-notice",
            paramLabel = "DURATION",
            defaultValue = "7d",
            converter = DurationConverter.class,
            description = "Tell so long before its end that a certificate expires (${DEFAULT-VALUE}).")
    private Duration lead = ExpiryNotices.DEFAULT_LEAD;

    /** Made by picocli. */
    public EventOptions() {}

    /** Returns what was told. */
    public EventConfig config() {
        return new EventConfig(allowed, lead, DeliverySettings.DEFAULT);
    }
}
