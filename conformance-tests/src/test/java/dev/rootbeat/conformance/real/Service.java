package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.device.HeartbeatPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

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

    /**
     * Has an operator ask for an operation, and a host force the heartbeats that it takes.
     *
     * @param rootCa the Root CA that it names; empty if it names none
     */
    void order(Host host, String uid, String operation, String rootCa, int heartbeats) throws IOException {
        assertThat(operator.instruct(operation, List.of(RotPublicUid.parse(uid)), rootCa))
                .allMatch(answer -> answer.get("Accepted").asBoolean());
        for (int i = 0; i < heartbeats; i++) {
            host.expect("AT+USECCONN", "OK", Duration.ofSeconds(20));
        }
    }

    @Override
    public void close() {
        operator.close();
        server.close();
    }
}
