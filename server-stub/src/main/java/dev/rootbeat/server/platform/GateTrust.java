package dev.rootbeat.server.platform;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a gate judge the certificates of clients in the TLS handshake. */
final class GateTrust implements X509TrustManager {

    private static final Logger LOG = LoggerFactory.getLogger(GateTrust.class);

    private final Gate gate;

    GateTrust(Gate gate) {
        this.gate = gate;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        if (gate.judge(chain[0]) instanceof Gate.Verdict.Refused(String why)) {
            LOG.info("a login is refused: the certificate of {} {}", chain[0].getSubjectX500Principal(), why);
            throw new CertificateException("the certificate " + why);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        throw new CertificateException("a platform trusts no servers");
    }

    /** None by name: Root CAs come and go, and there may be very many (RFC 8446, section 4.2.4, lets it be empty). */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
