package dev.rootbeat.module;

import dev.rootbeat.module.at.AtObserver;
import dev.rootbeat.rot.protocol.RotPublicUid;

/** Gives the hosts of modules their observers. */
@FunctionalInterface
public interface AtObservers {

    /**
     * Returns who observes a host. It does so for as long as the host is plugged in, across reboots. A channel of a
     * multiplexer is a host of its own.
     *
     * @param module the module that it is plugged into
     * @param host counts the hosts of the module from 1, in the order in which they come
     */
    AtObserver of(RotPublicUid module, int host);
}
