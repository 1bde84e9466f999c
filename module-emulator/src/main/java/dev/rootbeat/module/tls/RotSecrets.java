package dev.rootbeat.module.tls;

import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.PreSharedKey;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What TLS takes from the Root of Trust, at each handshake anew.
 *
 * @param provisioned the present credential of zero-touch provisioning
 * @param psk a fresh pre-shared key; nothing if the module is not sealed
 */
public record RotSecrets(Supplier<Optional<Credential>> provisioned, Supplier<Optional<PreSharedKey>> psk) {

    /** A module without Root of Trust. */
    public static final RotSecrets NONE = new RotSecrets(Optional::empty, Optional::empty);
}
