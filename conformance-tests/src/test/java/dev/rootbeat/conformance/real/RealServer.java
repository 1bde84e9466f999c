package dev.rootbeat.conformance.real;

import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.ServerConfig;
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
        return CertificateManagerServer.start(new ServerConfig(
                        "127.0.0.1",
                        0,
                        0,
                        "memory",
                        policy,
                        1000,
                        KeyHierarchy.TEST_MASTER,
                        Operator.KEY,
                        Operator.SECRET,
                        RestLimits.DEFAULT,
                        Behaviour.NONE,
                        clock,
                        InstantSource.system())
                .withPlatform(0));
    }
}
