package dev.rootbeat.scenario.testbed;

import dev.rootbeat.rot.Credential;
import dev.rootbeat.server.platform.PlatformAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Logs in to an IoT platform as a device's host does: by TLS with the device's certificate, then by MQTT 3.1.1. */
final class PlatformLogin {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final char[] NO_PASSWORD = {};

    /** CONNECT: its variable header says MQTT, version 4, a clean session, and a minute to keep it alive (section 3.1). */
    private static final byte CONNECT = 0x10;

    private static final byte[] MQTT = {0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60};

    /** CONNACK: two more octets, of which the second is 0 for those who are let in (section 3.2). */
    private static final int CONNACK = 0x20;

    private PlatformLogin() {}

    /** Tries it, and returns why it is refused; nothing if it is not. */
    static Optional<String> refusal(PlatformAddress platform, Credential credential, String clientId) {
        try (Socket socket =
                context(platform, credential).getSocketFactory().createSocket(platform.host(), platform.port())) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            byte[] id = clientId.getBytes(StandardCharsets.UTF_8);
            int length = MQTT.length + Short.BYTES + id.length;
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(2 + length)
                            .put(CONNECT)
                            .put((byte) length)
                            .put(MQTT)
                            .putShort((short) id.length)
                            .put(id)
                            .array());
            var in = new DataInputStream(socket.getInputStream());
            int answer = in.readInt();
            return answer >>> 24 == CONNACK && (answer & 0xff) == 0
                    ? Optional.empty()
                    : Optional.of(String.format(Locale.ROOT, "MQTT answers %08x", answer));
        } catch (IOException e) {
            return Optional.of("the connection ends: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static SSLContext context(PlatformAddress platform, Credential credential)
            throws GeneralSecurityException, IOException {
        var own = empty();
        own.setKeyEntry(
                "device",
                credential.privateKey(),
                NO_PASSWORD,
                credential.chain().stream().map(Certificates::read).toArray(X509Certificate[]::new));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NO_PASSWORD);
        var trusted = empty();
        trusted.setCertificateEntry("platform", Certificates.read(platform.ca()));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
