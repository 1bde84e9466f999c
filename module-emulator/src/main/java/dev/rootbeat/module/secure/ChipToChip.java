package dev.rootbeat.module.secure;

import dev.rootbeat.module.secure.Pairing.Scheme;

/**
 * How a module takes part in chip-to-chip protection. What a real one does is public only in parts (AT reference,
 * section 2.4), so this is configuration.
 *
 * @param scheme how data is protected
 * @param pairsAfterBootstrap whether it pairs when the service knows it already, as a device with the feature
 *     {@code LocalC2CKeyPairing}
 * @param guardsCredential whether the provisioned credential of a paired module is read only in an open session
 */
public record ChipToChip(Scheme scheme, boolean pairsAfterBootstrap, boolean guardsCredential) {

    /** V2, as hosts prefer it. An emulated module bootstraps as soon as it has power, so it pairs after that too. */
    public static final ChipToChip DEFAULT = new ChipToChip(Scheme.V2, true, true);
}
