package dev.rootbeat.server.manage;

import dev.rootbeat.server.api.CallMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The server's figures: how many requests of devices and calls of operators there were, how they were answered and how
 * long that took, and how the process is. Names and labels follow Prometheus. Safe for use by several threads.
 */
public final class Metrics implements CallMeter, AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Begins to count. */
    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /**
     * Counts a request of a device, as {@code rootbeat_device_requests_seconds}.
     *
     * @param path where it went
     * @param code of CoAP, such as {@code 2.04}
     * @param took from its arrival to its answer
     */
    public void deviceRequest(String path, String code, Duration took) {
        Timer.builder("rootbeat.device.requests")
                .description("Requests of devices until they were answered")
                .tag("path", path)
                .tag("code", code)
                .register(registry)
                .record(took);
    }

    /** Counts a call of an operator, as {@code rootbeat_api_calls_seconds}. */
    @Override
    public void answered(String call, int status, Duration took) {
        Timer.builder("rootbeat.api.calls")
                .description("Calls of the REST interface until they were answered")
                .tag("call", call)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(took);
    }

    /** Shows how many connections devices have, as {@code rootbeat_device_connections}. */
    public void connections(Supplier<Number> count) {
        Gauge.builder("rootbeat.device.connections", count)
                .description("DTLS connections: sessions that are remembered, and handshakes under way")
                .register(registry);
    }

    /** All figures in Prometheus' text format. */
    public String text() {
        return registry.scrape().strip();
    }

    @Override
    public void close() {
        registry.close();
    }
}
