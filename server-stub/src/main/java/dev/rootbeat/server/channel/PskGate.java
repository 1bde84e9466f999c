package dev.rootbeat.server.channel;

import dev.rootbeat.rot.protocol.RotPublicUid;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.crypto.SecretKey;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the lookup for keys away from the threads that serve DTLS. Whatever goes wrong means that there is no key; the
 * peer then gets silence, as it does on a wrong key.
 */
final class PskGate implements AdvancedPskStore {

    private static final Logger LOG = LoggerFactory.getLogger(PskGate.class);

    private final PskLookup keys;
    private final Executor work;
    private HandshakeResultHandler results = result -> {};

    PskGate(PskLookup keys, Executor work) {
        this.keys = keys;
        this.work = work;
    }

    @Override
    public boolean hasEcdhePskSupported() {
        return true;
    }

    @Override
    public @Nullable PskSecretResult requestPskSecretResult(
            ConnectionId connection,
            @Nullable ServerNames serverNames,
            PskPublicInformation identity,
            String hmac,
            @Nullable SecretKey otherSecret,
            byte[] seed,
            boolean extendedMasterSecret) {
        try {
            work.execute(() -> results.apply(new PskSecretResult(connection, identity, key(identity))));
            return null;
        } catch (RejectedExecutionException e) {
            return new PskSecretResult(connection, identity, null);
        }
    }

    private @Nullable SecretKey key(PskPublicInformation identity) {
        String text = identity.getPublicInfoAsString();
        // An identity has one spelling, so that a device has one name in every log and table.
        if (!RotPublicUid.isWellFormed(text)
                || !RotPublicUid.parse(text).toString().equals(text)) {
            return null;
        }
        try {
            return keys.keyOf(RotPublicUid.parse(text))
                    .map(key -> SecretUtil.create(key.toArray(), PskSecretResult.ALGORITHM_PSK))
                    .orElse(null);
        } catch (RuntimeException e) {
            LOG.error("no channel key of {}", text, e);
            return null;
        }
    }

    @Override
    public @Nullable PskPublicInformation getIdentity(InetSocketAddress peer, @Nullable ServerNames virtualHost) {
        return null;
    }

    @Override
    public void setResultHandler(HandshakeResultHandler resultHandler) {
        results = resultHandler;
    }
}
