package dev.rootbeat.module.tls;

import dev.rootbeat.module.credential.CredentialStore;
import dev.rootbeat.module.network.Connection;
import dev.rootbeat.module.network.Protocol;
import dev.rootbeat.module.network.SecureConnector;
import dev.rootbeat.module.network.SocketError;
import dev.rootbeat.module.network.SocketWorld;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections with TLS 1.0 to 1.2 or DTLS, as the profiles of a module say. What goes wrong is in the log; the
 * socket's error says no more than who broke off.
 */
public final class TlsConnector implements SecureConnector {

    private static final Logger LOG = LoggerFactory.getLogger(TlsConnector.class);

    private final SocketWorld world;
    private final TlsProfiles profiles;
    private final TlsPlanner planner;
    private final SecureRandom random;
    private final Executor module;
    private final Executor blocking;

    /**
     * Makes a connector.
     *
     * @param world what is below TLS
     * @param rot what the Root of Trust gives
     * @param clock what the dates of certificates are compared with
     * @param random for nonces and ephemeral keys
     * @param module the module's executor
     * @param blocking runs handshakes of DTLS, which wait
     */
    public TlsConnector(
            SocketWorld world,
            TlsProfiles profiles,
            CredentialStore credentials,
            RotSecrets rot,
            InstantSource clock,
            SecureRandom random,
            Executor module,
            Executor blocking) {
        this.world = world;
        this.profiles = profiles;
        this.planner = new TlsPlanner(credentials, rot, clock);
        this.random = random;
        this.module = module;
        this.blocking = blocking;
    }

    @Override
    public Connection connect(
            int profile,
            Protocol protocol,
            int localPort,
            InetSocketAddress to,
            String host,
            Connection.Events events) {
        PlannedClient client;
        try {
            // Made anew, and not with the module, since Bouncy Castle takes long to load and most modules never need
            // it.
            var crypto = new BcTlsCrypto(random);
            client = new PlannedClient(crypto, planner.plan(profiles.get(profile), protocol, host));
        } catch (TlsPlanner.Unusable e) {
            LOG.info("TLS profile {} cannot be used: {}", profile, e.getMessage());
            return new NoConnection(module, events);
        }
        return switch (protocol) {
            case TCP -> new TlsConnection(client, events, below -> world.connect(localPort, to, below));
            case UDP -> new DtlsConnection(client, to, module, blocking, events, below -> world.open(localPort, below));
        };
    }

    /** A connection that failed before it began. */
    private static final class NoConnection implements Connection {

        private boolean closed;

        NoConnection(Executor module, Connection.Events events) {
            module.execute(() -> {
                if (!closed) {
                    events.ended(SocketError.INVALID);
                }
            });
        }

        @Override
        public void send(byte[] octets) {}

        @Override
        public boolean isWritable() {
            return false;
        }

        @Override
        public void pause(boolean paused) {}

        @Override
        public void close() {
            closed = true;
        }
    }
}
