package dev.rootbeat.conformance.real;

import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.Clocks;
import dev.rootbeat.server.DeviceConfig;
import dev.rootbeat.server.Ports;
import dev.rootbeat.server.ServerConfig;
import dev.rootbeat.server.Stores;
import dev.rootbeat.server.api.RestConfig;
import dev.rootbeat.server.api.RestLimits;
import dev.rootbeat.server.device.HeartbeatPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/** A whole certificate manager in this process, on ports of its own, with short intervals. */
final class RealServer {

    static final Duration GUARD = Duration.ofSeconds(1);
    static final Duration PERIOD = Duration.ofSeconds(2);

    private RealServer() {}

    static CertificateManagerServer start() throws IOException {
        return start(new HeartbeatPolicy(GUARD, PERIOD), InstantSource.system());
    }

    static CertificateManagerServer start(HeartbeatPolicy policy, InstantSource clock) throws IOException {
        return CertificateManagerServer.start(ServerConfig.usual(
                Stores.MEMORY,
                Ports.FREE_WITH_PLATFORM,
                RestConfig.plain(Operator.KEY, Operator.SECRET, RestLimits.DEFAULT),
                new DeviceConfig(policy, 1000, KeyHierarchy.TEST_MASTER),
                new Clocks(clock, InstantSource.system())));
    }
}
