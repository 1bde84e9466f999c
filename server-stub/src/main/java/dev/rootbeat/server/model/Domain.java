package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.Bytes;

/**
 * A customer's domain: everything in it is invisible to every other.
 *
 * @param id its identity, never shown to other domains
 * @param name what people call it
 * @param apiKey the public half of its API credentials
 * @param apiSecretDigest SHA-256 of the secret half, 32 octets; the secret is not kept
 */
public record Domain(String id, String name, String apiKey, Bytes apiSecretDigest) {}
