package dev.rootbeat.server.model;

import java.util.List;

/**
 * How the certificates of a Root CA are used on IoT platforms (requirements, section 7).
 *
 * @param platforms the names of the platforms that new certificates are registered with, before a device gets them
 * @param checkCrl whether the server's own platform looks into the revocation list when a device logs in
 */
public record PlatformSettings(List<String> platforms, boolean checkCrl) {

    /** The name of the server's own platform. */
    public static final String OWN = "rootbeat";

    /** What a new Root CA has: the server's own platform, which lets in who is revoked until that is disabled there. */
    public static final PlatformSettings DEFAULT = new PlatformSettings(List.of(OWN), false);

    /** Keeps a list of its own. */
    public PlatformSettings {
        platforms = List.copyOf(platforms);
    }
}
