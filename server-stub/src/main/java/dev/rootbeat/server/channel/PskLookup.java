package dev.rootbeat.server.channel;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.util.Optional;

/** Knows the channel keys of devices. It may block, and is asked once per full handshake, by several threads. */
@FunctionalInterface
public interface PskLookup {

    /** Returns the device's channel key of 16 octets, or nothing if the device may not speak (protocol, section 1). */
    Optional<Bytes> keyOf(RotPublicUid uid);
}
