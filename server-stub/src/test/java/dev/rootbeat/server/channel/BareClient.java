package dev.rootbeat.server.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.jspecify.annotations.Nullable;

/** A CoAP client as Californium has it, with one identity and key. */
final class BareClient implements AutoCloseable {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final InetSocketAddress server;
    private final CoapEndpoint endpoint;

    BareClient(InetSocketAddress server, String identity, byte[] key, CipherSuite suite) throws IOException {
        this.server = server;
        Configuration configuration = new Configuration(
                        SystemConfig.DEFINITIONS, CoapConfig.DEFINITIONS, DtlsConfig.DEFINITIONS)
                .setAsList(DtlsConfig.DTLS_CIPHER_SUITES, suite)
                .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0)
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, 64 * 1024);
        var connector = new DTLSConnector(DtlsConnectorConfig.builder(configuration)
                .setAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .setAdvancedPskStore(new AdvancedSinglePskStore(identity, key))
                .build());
        connector.setExecutor(thread);
        endpoint = CoapEndpoint.builder()
                .setConfiguration(configuration)
                .setConnector(connector)
                .build();
        endpoint.setExecutors(thread, thread);
        endpoint.start();
    }

    /** Sends the request and waits for its answer, which is null where there was none in the time. */
    @Nullable
    Response ask(Request request, long millis) throws InterruptedException {
        send(request);
        return request.waitForResponse(millis);
    }

    Response ask(Request request) throws InterruptedException {
        Response response = ask(request, TimeUnit.SECONDS.toMillis(30));
        if (response == null) {
            throw new AssertionError("no answer to " + request);
        }
        return response;
    }

    void send(Request request) {
        request.setDestinationContext(new AddressEndpointContext(server));
        endpoint.sendRequest(request);
    }

    @Override
    public void close() {
        endpoint.destroy();
        thread.shutdownNow();
    }
}
