package dev.rootbeat.server.device;

import dev.rootbeat.server.model.IssuedCertificate;
import java.util.List;

/**
 * A certificate on record that its platforms may not know yet.
 *
 * @param platforms the names of its platforms; never empty
 */
record Unregistered(IssuedCertificate certificate, List<String> platforms) {}
