package dev.rootbeat.demo;

import dev.rootbeat.module.Product;
import dev.rootbeat.rot.protocol.Bytes;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** A member of the fleet, and what the demonstration remembers of it. One thread at a time. */
final class Device {

    /** Enough digits of a thumbprint to tell one from another. */
    private static final int SHOWN_DIGITS = 8;

    private final Product product;
    private final String uid;
    private final Host host;
    private final Watch watch;
    private int heartbeatsBefore;
    private @Nullable X509Certificate certificate;

    Device(Product product, String uid, Host host, Watch watch) {
        this.product = product;
        this.uid = uid;
        this.host = host;
        this.watch = watch;
    }

    Product product() {
        return product;
    }

    String uid() {
        return uid;
    }

    Host host() {
        return host;
    }

    /** What came of the last command that the module ran. */
    String lastResult() {
        return watch.lastResult();
    }

    /** Counts heartbeats from now on. */
    void countFromHere() {
        heartbeatsBefore = watch.accepted();
    }

    /**
     * How many heartbeats were accepted from {@link #countFromHere} until the module ran its last command; 0 if it has
     * run none.
     */
    int heartbeats() {
        return Math.max(0, watch.acceptedBeforeLastCommand() - heartbeatsBefore);
    }

    /** The certificate that it had when it was looked at last. */
    X509Certificate present() {
        if (certificate == null) {
            throw new DemoFailure("the device had no certificate");
        }
        return certificate;
    }

    void remember(X509Certificate present) {
        certificate = present;
    }

    /** The beginning of the thumbprint of a certificate's key. */
    static String thumbprint(X509Certificate certificate) {
        return Bytes.of(certificate.getPublicKey().getEncoded()).sha256().hex().substring(0, SHOWN_DIGITS);
    }
}
