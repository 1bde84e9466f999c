package dev.rootbeat.scenario.testbed;

import dev.rootbeat.conformance.world.Receivers;
import dev.rootbeat.conformance.world.WorldSettings;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.Clocks;
import dev.rootbeat.server.DeviceConfig;
import dev.rootbeat.server.Ports;
import dev.rootbeat.server.ServerConfig;
import dev.rootbeat.server.ServerParts;
import dev.rootbeat.server.Stores;
import dev.rootbeat.server.api.RestConfig;
import dev.rootbeat.server.api.RestLimits;
import dev.rootbeat.server.billing.BillingConfig;
import dev.rootbeat.server.event.EventConfig;
import dev.rootbeat.server.event.ExpiryNotices;
import dev.rootbeat.server.event.Sender;
import dev.rootbeat.server.fault.Faults;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.sim.SteppedClock;
import dev.rootbeat.sim.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A certificate manager on free ports of this machine, on an SQLite file that outlives it. */
final class RealServer {

    /** More than fleets of scenarios send at one instant. */
    private static final int REQUESTS_PER_SECOND = 50_000;

    private final ServerConfig config;
    private final SteppedClock clock;
    private @Nullable CertificateManagerServer running;

    /**
     * Prepares one, with two domains, that is started later.
     *
     * @param folder where its file is to be
     */
    RealServer(WorldSettings settings, VirtualTime time, DrivenTime timers, Path folder) {
        clock = new SteppedClock(time);
        config = new ServerConfig(
                "jdbc:sqlite:" + folder.resolve("server.db"),
                Ports.FREE_WITH_PLATFORM,
                RestConfig.plain(Testbed.HOME, Testbed.HOME, RestLimits.DEFAULT),
                new DeviceConfig(settings.times().policy(), REQUESTS_PER_SECOND, KeyHierarchy.TEST_MASTER),
                new Clocks(clock, time, timers),
                new Patient(timers),
                new Faults(settings.oddities().serverFaults(), settings.seed()),
                BillingConfig.DEFAULT,
                new EventConfig(List.of(), ExpiryNotices.DEFAULT_LEAD, Receivers.DELIVERIES));
        found(config.store());
    }

    private static void found(String name) {
        try (Store store = Stores.open(name)) {
            store.write(tx -> {
                        for (String domain : List.of(Testbed.HOME, Testbed.OTHER)) {
                            Bytes secret = Bytes.of(domain.getBytes(StandardCharsets.UTF_8));
                            tx.save(new Domain(domain, domain, domain, secret.sha256()));
                        }
                        return name;
                    })
                    .join();
        }
    }

    Optional<CertificateManagerServer> running() {
        return Optional.ofNullable(running);
    }

    CertificateManagerServer start() {
        try {
            running = CertificateManagerServer.start(config);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing is under way when it ends, so nothing is finished that would not be if the process died. */
    void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    SteppedClock clock() {
        return clock;
    }

    Faults faults() {
        return config.faults();
    }

    /** Has time wait for receivers of webhooks. */
    private record Patient(DrivenTime time) implements Behaviour, ServerParts {

        @Override
        public Sender sender(Sender sender) {
            return message -> time.over(sender.send(message));
        }
    }
}
