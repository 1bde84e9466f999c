package dev.rootbeat.server.channel;

import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RequestHandler;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.util.StringUtil;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;

/**
 * Where devices come to: {@code POST /hb} and {@code POST /hb/results} by CoAP over DTLS 1.2 with pre-shared keys,
 * Connection IDs, session resumption and block-wise transfer (protocol, section 1). Every request that reaches the
 * handler is from a device that has proved its key.
 */
public final class CoapsEndpoint implements AutoCloseable {

    /** The port of coaps (RFC 7252, section 12.7). */
    public static final int DEFAULT_PORT = 5684;

    /**
     * Devices whose sessions are remembered. Also the number of handshakes in 120 s beyond which Scandium drops
     * ClientHellos without a word, so it is more than a machine can make: 8,333 a second.
     */
    private static final int MAX_CONNECTIONS = 1_000_000;

    /** Devices whose block-wise transfers and messages are under way at one time. */
    private static final int MAX_ACTIVE_PEERS = 200_000;

    /** Enough that one device is one of 2^48, as RFC 9146 leaves to the server. */
    private static final int CONNECTION_ID_LENGTH = 6;

    /**
     * Messages per device that are recognised when they come again. What happens exactly once is the protocol's business
     * (section 2); this spares work for repeated blocks.
     */
    private static final int REMEMBERED_MESSAGES = 8;

    /** The largest block (RFC 7959, section 2.2): with what CoAP and DTLS add it fits every network's MTU of 1280. */
    private static final int BLOCK = 1024;

    private final Connections connections = new Connections();
    private final ServerConnector connector;
    private final CoapEndpoint endpoint;

    /**
     * Makes an endpoint that does nothing before it is started.
     *
     * @param bind the address to listen on; port 0 lets the system choose
     * @param keys who may speak
     * @param handler answers requests; it runs on {@code work}
     * @param loop runs DTLS, CoAP and their timers; not shut down by the endpoint
     * @param work runs the handler and the lookup; not shut down by the endpoint. Where neither ever blocks it may be the
     *     caller's thread, which is the loop's
     */
    public CoapsEndpoint(
            InetSocketAddress bind, PskLookup keys, RequestHandler handler, EventLoop loop, Executor work) {
        Configuration configuration = configuration();
        connector = new ServerConnector(
                DtlsConnectorConfig.builder(configuration)
                        .setAddress(bind)
                        .setAdvancedPskStore(new PskGate(keys, work))
                        .setHealthHandler(connections)
                        .build(),
                loop);
        endpoint = CoapEndpoint.builder()
                .setConfiguration(configuration)
                .setConnector(connector)
                .build();
        endpoint.setExecutors(loop, loop);
        endpoint.setMessageDeliverer(new RequestDeliverer(handler, loop, work));
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the address is taken or is none of this machine
     */
    public void start() throws IOException {
        try {
            endpoint.start();
        } catch (IOException e) {
            throw new IOException("cannot listen on UDP " + StringUtil.toString(address()) + ": " + e.getMessage(), e);
        }
    }

    /** Returns the address that the started endpoint listens on, with the port that the system chose. */
    public InetSocketAddress address() {
        return endpoint.getAddress();
    }

    /** How many connections it holds: of devices whose sessions it remembers, and of handshakes that are under way. */
    public int connections() {
        connector.updateHealth();
        return connections.count();
    }

    /** Stops for good: frees the socket and its thread and forgets all sessions. Answers still to come are dropped. */
    @Override
    public void close() {
        endpoint.destroy();
    }

    private static Configuration configuration() {
        // Without a file: Californium would else write one into the working directory.
        return new Configuration(SystemConfig.DEFINITIONS, CoapConfig.DEFINITIONS, DtlsConfig.DEFINITIONS)
                .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.SERVER_ONLY)
                .set(
                        DtlsConfig.DTLS_CIPHER_SUITES,
                        List.of(
                                CipherSuite.TLS_PSK_WITH_AES_128_CCM_8,
                                CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256))
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, CONNECTION_ID_LENGTH)
                .set(DtlsConfig.DTLS_MAX_CONNECTIONS, MAX_CONNECTIONS)
                .set(DtlsConfig.DTLS_REMOVE_STALE_DOUBLE_PRINCIPALS, true)
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 0)
                .set(CoapConfig.MAX_ACTIVE_PEERS, MAX_ACTIVE_PEERS)
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, Request.MAX_PAYLOAD)
                .set(CoapConfig.PREFERRED_BLOCK_SIZE, BLOCK)
                .set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP)
                .set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, REMEMBERED_MESSAGES)
                // A device is known by its identity, so that a request survives a change of its address.
                .set(CoapConfig.RESPONSE_MATCHING, CoapConfig.MatcherMode.PRINCIPAL_IDENTITY);
    }
}
