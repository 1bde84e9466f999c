package dev.rootbeat.server.device;

import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.server.ca.CertificateAuthority;

/**
 * What the device services need to certify keys.
 *
 * @param authority signs certificates
 * @param p256 checks proofs of possession
 * @param ids draws the ids of operations and commands
 */
public record Certification(CertificateAuthority authority, P256 p256, Ids ids) {}
