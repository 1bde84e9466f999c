package dev.rootbeat.server;

import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.server.api.RestConfig;
import dev.rootbeat.server.billing.BillingConfig;
import dev.rootbeat.server.event.EventConfig;
import dev.rootbeat.server.fault.Faults;
import java.util.List;

/**
 * What a certificate manager is started with.
 *
 * @param store where the data lives: {@code memory}, or a JDBC URL such as {@code jdbc:sqlite:server.db}
 * @param ports where it listens
 * @param rest how it serves operators
 * @param devices how it serves devices
 * @param clocks its times
 * @param behaviour sees and may change what passes
 * @param faults what it does wrong on purpose; more can be set while it runs
 * @param billing prices, and the ways of invoices
 * @param events what to tell whom
 */
public record ServerConfig(
        String store,
        Ports ports,
        RestConfig rest,
        DeviceConfig devices,
        Clocks clocks,
        Behaviour behaviour,
        Faults faults,
        BillingConfig billing,
        EventConfig events) {

    /** A server on which nothing is wrong, with the usual prices, whose invoices and webhooks stay on this machine. */
    public static ServerConfig usual(String store, Ports ports, RestConfig rest, DeviceConfig devices, Clocks clocks) {
        return new ServerConfig(
                store,
                ports,
                rest,
                devices,
                clocks,
                Behaviour.NONE,
                new Faults(List.of(), 0),
                BillingConfig.DEFAULT,
                EventConfig.DEFAULT);
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "ServerConfig[" + Stores.withoutParameters(store) + ", " + ports + "]";
    }
}
