package dev.rootbeat.conformance.real;

import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.device.HeartbeatPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/** A certificate manager, its operator, and a profile that takes every device. */
record Service(CertificateManagerServer server, Operator operator, String profile) implements AutoCloseable {

    private static final Duration DEVICE_VALIDITY = Duration.ofDays(365);

    /** Starts one whose guard interval is so long, which has heartbeats come daily, and whose time is this. */
    static Service start(Duration guard, InstantSource clock) throws IOException {
        CertificateManagerServer server = RealServer.start(new HeartbeatPolicy(guard, Duration.ofDays(1)), clock);
        var operator = new Operator(server.httpUrl());
        return new Service(server, operator, operator.createProfile(operator.createRootCa("Root", DEVICE_VALIDITY)));
    }

    /** Where devices come to, as the option {@code --server} wants it. */
    String devices() {
        return "127.0.0.1:" + server.coapsAddress().getPort();
    }

    @Override
    public void close() {
        operator.close();
        server.close();
    }
}
