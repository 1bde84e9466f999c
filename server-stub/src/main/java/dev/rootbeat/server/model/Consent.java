package dev.rootbeat.server.model;

/**
 * A domain's consent to receive devices of other domains under one of its Root CAs; a code is good for one call.
 *
 * @param code what the receiving domain hands to the giving one
 * @param rootCa the Root CA that will sign
 * @param used whether a transfer has taken it
 */
public record Consent(String code, String rootCa, boolean used) {}
