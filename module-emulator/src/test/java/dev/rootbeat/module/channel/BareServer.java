package dev.rootbeat.module.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedMultiPskStore;

/** A CoAP server as Californium has it, which knows one device and leaves every request to the test. */
final class BareServer implements AutoCloseable {

    /** As much as the tests let it receive; more than a client may send or take. */
    private static final int MAX_BODY = 256 * 1024;

    private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
    private final CoapEndpoint endpoint;

    BareServer(int port, String identity, byte[] key, Consumer<Exchange> onRequest) throws IOException {
        Configuration configuration = new Configuration(
                        SystemConfig.DEFINITIONS, CoapConfig.DEFINITIONS, DtlsConfig.DEFINITIONS)
                .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.SERVER_ONLY)
                .setAsList(
                        DtlsConfig.DTLS_CIPHER_SUITES,
                        CipherSuite.TLS_PSK_WITH_AES_128_CCM_8,
                        CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256)
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 6)
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, MAX_BODY);
        var keys = new AdvancedMultiPskStore();
        keys.setKey(identity, key);
        var connector = new DTLSConnector(DtlsConnectorConfig.builder(configuration)
                .setAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .setAdvancedPskStore(keys)
                .build());
        connector.setExecutor(threads);
        endpoint = CoapEndpoint.builder()
                .setConfiguration(configuration)
                .setConnector(connector)
                .build();
        endpoint.setExecutors(threads, threads);
        endpoint.setMessageDeliverer(new MessageDeliverer() {
            @Override
            public void deliverRequest(Exchange exchange) {
                onRequest.accept(exchange);
            }

            @Override
            public void deliverResponse(Exchange exchange, org.eclipse.californium.core.coap.Response response) {
                throw new IllegalStateException("a server gets no responses");
            }
        });
        endpoint.start();
    }

    InetSocketAddress address() {
        return endpoint.getAddress();
    }

    @Override
    public void close() {
        endpoint.destroy();
        threads.shutdownNow();
    }
}
