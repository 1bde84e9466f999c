package dev.rootbeat.module.channel;

import dev.rootbeat.rot.protocol.Request;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.MessageObserver;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;

/**
 * A socket to the server, the DTLS session on it, and CoAP on top. The first request makes a full handshake; to be rid
 * of a session is to close it and open another. All methods but the first are called on the event loop.
 */
final class CoapsSession implements AutoCloseable {

    /** The largest answer in octets: a certificate chain and trust anchors for every slot fit several times. */
    static final int MAX_ANSWER = 32 * 1024;

    /** The largest block (RFC 7959, section 2.2): with what CoAP and DTLS add it fits the MTU. */
    private static final int BLOCK = 1024;

    /** One server, and room for another connection to it while the first is being replaced. */
    private static final int PEERS = 2;

    private final InetSocketAddress server;
    private final EventLoopConnector connector;
    private final CoapEndpoint endpoint;

    private CoapsSession(InetSocketAddress server, EventLoopConnector connector, CoapEndpoint endpoint) {
        this.server = server;
        this.connector = connector;
        this.endpoint = endpoint;
    }

    /** Makes a session that has no socket yet, on any thread: the first takes the class loader a while. */
    static CoapsSession prepare(DevicePsk psk, InetSocketAddress server, EventLoop loop, ChannelSettings settings) {
        Configuration configuration = configuration(settings);
        EventLoopConnector connector = new EventLoopConnector(
                DtlsConnectorConfig.builder(configuration)
                        .setAdvancedPskStore(psk)
                        .build(),
                loop,
                server);
        CoapEndpoint endpoint = CoapEndpoint.builder()
                .setConfiguration(configuration)
                .setConnector(connector)
                .build();
        endpoint.setExecutors(loop, loop);
        return new CoapsSession(server, connector, endpoint);
    }

    /**
     * Opens the socket. Nothing is sent yet.
     *
     * @throws IOException if the system has no socket to give, or no way to the server
     */
    void open() throws IOException {
        endpoint.start();
    }

    /** Sends a confirmable POST, in blocks where it is long, and tells the observer what becomes of it. */
    void post(Request request, MessageObserver observer) {
        var post = org.eclipse.californium.core.coap.Request.newPost();
        post.setConfirmable(true);
        post.setScheme(CoAP.COAP_SECURE_URI_SCHEME);
        post.setDestinationContext(new AddressEndpointContext(server));
        post.getOptions().setUriPath(request.path());
        post.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_CBOR);
        post.setPayload(request.payload().toArray());
        post.addMessageObserver(observer);
        endpoint.sendRequest(post);
    }

    /** Returns whether the server's host has said that nobody listens there. */
    boolean refused() {
        return connector.refused();
    }

    @Override
    public void close() {
        endpoint.destroy();
    }

    private static Configuration configuration(ChannelSettings settings) {
        CipherSuite suite = settings.forwardSecrecy()
                ? CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256
                : CipherSuite.TLS_PSK_WITH_AES_128_CCM_8;
        // Without a file: Californium would else write one into the working directory.
        Configuration configuration =
                new Configuration(SystemConfig.DEFINITIONS, CoapConfig.DEFINITIONS, DtlsConfig.DEFINITIONS);
        return configuration
                .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.CLIENT_ONLY)
                .set(DtlsConfig.DTLS_CIPHER_SUITES, List.of(suite))
                // Sends the server's Connection ID, needs none for itself: its server has one address.
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0)
                .set(DtlsConfig.DTLS_AUTO_HANDSHAKE_TIMEOUT, settings.trust().toMillis(), TimeUnit.MILLISECONDS)
                .set(DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT, millis(settings.acknowledgement()), TimeUnit.MILLISECONDS)
                .set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, settings.retransmissions())
                .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 0)
                .set(DtlsConfig.DTLS_MAX_CONNECTIONS, PEERS)
                .set(CoapConfig.ACK_TIMEOUT, millis(settings.acknowledgement()), TimeUnit.MILLISECONDS)
                .set(CoapConfig.MAX_RETRANSMIT, settings.retransmissions())
                .set(CoapConfig.MAX_ACTIVE_PEERS, PEERS)
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, MAX_ANSWER)
                .set(CoapConfig.PREFERRED_BLOCK_SIZE, BLOCK)
                // A client gets no requests whose repetition could matter.
                .set(CoapConfig.DEDUPLICATOR, CoapConfig.NO_DEDUPLICATOR)
                .set(CoapConfig.MID_TRACKER, CoapConfig.TrackerMode.NULL);
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
