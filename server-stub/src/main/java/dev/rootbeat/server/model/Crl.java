package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.Bytes;
import java.time.Instant;

/**
 * The present revocation list of a Root CA.
 *
 * @param rootCa the Root CA's id
 * @param number the CRL number (RFC 5280, section 5.2.3); it grows
 * @param nextUpdate when it must be replaced
 * @param der the signed list, DER
 */
public record Crl(String rootCa, long number, Instant nextUpdate, Bytes der) {}
