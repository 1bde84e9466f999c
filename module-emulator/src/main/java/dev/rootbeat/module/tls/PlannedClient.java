package dev.rootbeat.module.tls;

import dev.rootbeat.module.tls.ServerCheck.Refusal;
import dev.rootbeat.rot.PreSharedKey;
import dev.rootbeat.rot.protocol.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.BasicTlsPSKIdentity;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsPSKIdentity;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** The module's side of a TLS or DTLS handshake, which keeps to a plan. */
final class PlannedClient extends AbstractTlsClient implements TlsAuthentication {

    private final BcTlsCrypto crypto;
    private final TlsPlan plan;
    private String reason = "the connection was lost";
    private boolean ours;

    PlannedClient(BcTlsCrypto crypto, TlsPlan plan) {
        super(crypto);
        this.crypto = crypto;
        this.plan = plan;
    }

    /** Why the handshake or the connection failed, for the log. */
    String reason() {
        return reason;
    }

    /** Whether the module broke it off, and not the server. */
    boolean isOurs() {
        return ours;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return plan.versions().toArray(ProtocolVersion[]::new);
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(
                crypto, plan.suites().stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    protected @Nullable Vector<ServerName> getSNIServerNames() {
        return plan.sni().isEmpty()
                ? null
                : new Vector<>(
                        List.of(new ServerName(NameType.host_name, plan.sni().getBytes(StandardCharsets.US_ASCII))));
    }

    @Override
    public @Nullable TlsPSKIdentity getPSKIdentity() {
        PreSharedKey psk = plan.psk();
        return psk == null
                ? null
                : new BasicTlsPSKIdentity(psk.id().toArray(), psk.key().toArray());
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return this;
    }

    @Override
    public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        List<Bytes> chain = new ArrayList<>();
        for (TlsCertificate certificate : server.getCertificate().getCertificateList()) {
            chain.add(Bytes.of(certificate.getEncoded()));
        }
        Optional<Refusal> refusal = chain.isEmpty()
                ? Optional.of(new Refusal(AlertDescription.bad_certificate, "it has no certificate"))
                : plan.server().check(chain);
        if (refusal.isPresent()) {
            reason = "the server is refused: " + refusal.get().reason();
            throw new TlsFatalAlert(refusal.get().alert());
        }
    }

    @Override
    public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
        ClientIdentity identity = plan.identity();
        if (identity == null) {
            return null;
        }
        short algorithm =
                identity.key() instanceof RSAKeyParameters ? SignatureAlgorithm.rsa : SignatureAlgorithm.ecdsa;
        TlsCertificate[] chain = new TlsCertificate[identity.chain().size()];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = crypto.createCertificate(identity.chain().get(i).toArray());
        }
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                identity.key(),
                new Certificate(chain),
                TlsUtils.chooseSignatureAndHashAlgorithm(
                        context, request.getSupportedSignatureAlgorithms(), algorithm));
    }

    @Override
    public void notifyAlertRaised(short level, short alert, @Nullable String message, @Nullable Throwable cause) {
        if (level == AlertLevel.fatal && !ours) {
            ours = true;
            reason = reason.startsWith("the server is refused")
                    ? reason
                    : "the module breaks off: " + AlertDescription.getName(alert)
                            + (message == null ? "" : ", " + message);
        }
    }

    @Override
    public void notifyAlertReceived(short level, short alert) {
        if (level == AlertLevel.fatal) {
            reason = "the server breaks off: " + AlertDescription.getName(alert);
        }
    }
}
