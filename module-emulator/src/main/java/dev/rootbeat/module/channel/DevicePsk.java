package dev.rootbeat.module.channel;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/** The one pre-shared key of a device. It is asked from the Root of Trust for each full handshake and not kept. */
final class DevicePsk implements AdvancedPskStore {

    private final PskPublicInformation identity;
    private final Supplier<Bytes> key;

    DevicePsk(RotPublicUid uid, Supplier<Bytes> key) {
        this.identity = new PskPublicInformation(uid.toString());
        this.key = key;
    }

    @Override
    public boolean hasEcdhePskSupported() {
        return true;
    }

    @Override
    public PskSecretResult requestPskSecretResult(
            ConnectionId connection,
            @Nullable ServerNames serverNames,
            PskPublicInformation asked,
            String hmac,
            @Nullable SecretKey otherSecret,
            byte[] seed,
            boolean extendedMasterSecret) {
        return new PskSecretResult(
                connection, identity, SecretUtil.create(key.get().toArray(), PskSecretResult.ALGORITHM_PSK));
    }

    @Override
    public PskPublicInformation getIdentity(InetSocketAddress server, @Nullable ServerNames virtualHost) {
        return identity;
    }

    @Override
    public void setResultHandler(HandshakeResultHandler resultHandler) {
        // Every result is returned at once.
    }
}
