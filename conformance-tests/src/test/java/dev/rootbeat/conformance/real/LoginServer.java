package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A TLS server of the JDK that lets in only who has a certificate of a Root CA that is valid at the time of a clock, which
 * may run fast.
 */
final class LoginServer implements AutoCloseable {

    private static final String PASSWORD = "password";

    private final SSLServerSocket server;
    private final List<X509Certificate> logins = new CopyOnWriteArrayList<>();
    private volatile @Nullable IOException lastFailure;
    private final Thread thread = Thread.ofPlatform().name("login server").unstarted(this::serve);

    LoginServer(Path folder, X509Certificate rootCa, InstantSource clock) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(
                identity(folder.resolve("server.p12")).getKeyManagers(),
                new TrustManager[] {new ClientCheck(rootCa, clock)},
                null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        server.setEnabledProtocols(new String[] {"TLSv1.2"}); // the host is judged before it is told that it is in
        thread.start();
    }

    private static KeyManagerFactory identity(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=server",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        try (InputStream in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, PASSWORD.toCharArray());
            return factory;
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** The certificates of the hosts that were let in and said something, in their order. */
    List<X509Certificate> logins() {
        return logins;
    }

    /** Why a host was turned away, if one was. */
    @Nullable
    IOException lastFailure() {
        return lastFailure;
    }

    /** One host at a time; who is turned away hears it in the handshake, and the next one is served. */
    private void serve() {
        while (!server.isClosed()) {
            try (Socket host = server.accept()) {
                ((SSLSocket) host).startHandshake();
                var session = ((SSLSocket) host).getSession();
                var certificate = (X509Certificate) session.getPeerCertificates()[0];
                if (host.getInputStream().read() >= 0) {
                    logins.add(certificate);
                }
                host.getInputStream().transferTo(OutputStream.nullOutputStream()); // until it hangs up
            } catch (IOException e) {
                lastFailure = e; // which the host sees too; or the server is closed
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        await().until(() -> !thread.isAlive());
    }

    /** The JDK's own path validation, at the time of the clock. */
    private record ClientCheck(X509Certificate rootCa, InstantSource clock) implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            try {
                var parameters = new PKIXParameters(Set.of(new TrustAnchor(rootCa, null)));
                parameters.setRevocationEnabled(false);
                parameters.setDate(Date.from(clock.instant()));
                CertPathValidator.getInstance("PKIX")
                        .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(chain)), parameters);
            } catch (GeneralSecurityException e) {
                throw new CertificateException(e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("this is a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {rootCa};
        }
    }
}
