package dev.rootbeat.module;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Opens the secure channel of a module, anew at every power-on. */
@FunctionalInterface
public interface ChannelFactory {

    /**
     * Opens a channel that has not sent anything yet.
     *
     * @param uid the device's identity on the channel
     * @param channelKey tells its pre-shared key, 16 octets (protocol, section 1)
     * @param executor the module's, on which outcomes are told
     */
    SecureChannel open(RotPublicUid uid, Supplier<Bytes> channelKey, ScheduledExecutorService executor);
}
