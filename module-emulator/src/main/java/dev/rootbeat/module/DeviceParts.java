package dev.rootbeat.module;

import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel;

/**
 * What a module is made of, for a {@link Behaviour} that goes deeper than the messages that pass: one that implements this
 * too may put parts of its own around or in the place of the usual ones. Every method returns its argument unless
 * overridden, and is called at every power-on.
 */
public interface DeviceParts {

    /** The usual parts. */
    DeviceParts USUAL = new DeviceParts() {};

    /** The parts that a behaviour asks for; the usual ones if it asks for none. */
    static DeviceParts of(Behaviour behaviour) {
        return behaviour instanceof DeviceParts parts ? parts : USUAL;
    }

    /** The storage of the Root of Trust and of the heartbeat agent. */
    default Flash flash(RotPublicUid device, Flash flash) {
        return flash;
    }

    /** The way to the server. */
    default SecureChannel channel(RotPublicUid device, SecureChannel channel) {
        return channel;
    }

    /** What the Root of Trust generates keys and signs with. */
    default P256 p256(RotPublicUid device, P256 p256) {
        return p256;
    }

    /** When it sends heartbeats. */
    default HeartbeatSettings heartbeats(HeartbeatSettings settings) {
        return settings;
    }
}
