package dev.rootbeat.server;

import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.api.RestLimits;
import dev.rootbeat.server.billing.BillingConfig;
import dev.rootbeat.server.device.HeartbeatPolicy;
import dev.rootbeat.server.event.EventConfig;
import dev.rootbeat.server.fault.Faults;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate manager is started with.
 *
 * @param host the address to listen on
 * @param httpPort the TCP port of the REST interface; 0 for any that is free
 * @param coapsPort the UDP port for devices; 0 for any that is free
 * @param store where the data lives: {@code memory}, or a JDBC URL such as {@code jdbc:sqlite:server.db}
 * @param policy when devices shall speak
 * @param requestsPerSecond the ceiling over all devices together
 * @param master the manufacturer's master secret, from which the devices' keys are derived
 * @param apiKey the API key of the first domain, which is made if it does not exist
 * @param apiSecret the API secret of the first domain
 * @param limits what the REST interface takes from callers
 * @param behaviour sees and may change what passes
 * @param faults what it does wrong on purpose; more can be set while it runs
 * @param managePort the TCP port for those who run it; 0 for any that is free, null for none
 * @param platformPort the TCP port of the server's own IoT platform; 0 for any that is free, null for none
 * @param clock the server's time
 * @param operatorClock the time of tokens: operators and their scripts live in real time, however fast certificates age
 * @param billing prices, and the ways of invoices
 * @param events what to tell whom
 */
public record ServerConfig(
        String host,
        int httpPort,
        int coapsPort,
        String store,
        HeartbeatPolicy policy,
        int requestsPerSecond,
        Bytes master,
        String apiKey,
        String apiSecret,
        RestLimits limits,
        Behaviour behaviour,
        Faults faults,
        @Nullable Integer managePort,
        @Nullable Integer platformPort,
        InstantSource clock,
        InstantSource operatorClock,
        BillingConfig billing,
        EventConfig events) {

    /** Nothing is wrong on purpose, nobody manages it, prices are the usual ones, invoices are kept for the API alone, and webhooks stay on this machine. */
    public ServerConfig(
            String host,
            int httpPort,
            int coapsPort,
            String store,
            HeartbeatPolicy policy,
            int requestsPerSecond,
            Bytes master,
            String apiKey,
            String apiSecret,
            RestLimits limits,
            Behaviour behaviour,
            InstantSource clock,
            InstantSource operatorClock) {
        this(
                host,
                httpPort,
                coapsPort,
                store,
                policy,
                requestsPerSecond,
                master,
                apiKey,
                apiSecret,
                limits,
                behaviour,
                new Faults(List.of(), 0),
                null,
                null,
                clock,
                operatorClock,
                BillingConfig.DEFAULT,
                EventConfig.DEFAULT);
    }

    /** Returns the same configuration with the server's own IoT platform on a TCP port, 0 for any that is free. */
    public ServerConfig withPlatform(int port) {
        return new ServerConfig(
                host,
                httpPort,
                coapsPort,
                store,
                policy,
                requestsPerSecond,
                master,
                apiKey,
                apiSecret,
                limits,
                behaviour,
                faults,
                managePort,
                port,
                clock,
                operatorClock,
                billing,
                events);
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "ServerConfig[" + host + " http " + httpPort + " coaps " + coapsPort + " store "
                + Stores.withoutParameters(store) + "]";
    }
}
