package dev.rootbeat.server.model;

import dev.rootbeat.rot.protocol.RotPublicUid;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A certificate took effect in a device and costs something. Unique by issuer and serial number.
 *
 * @param domain who pays
 * @param device the device
 * @param kind the highest of update, transfer and renew that it fulfilled
 * @param issuer the certificate's Root CA
 * @param serialNumber the certificate's serial number
 * @param at when the server learned of the effect
 */
public record BillingEvent(
        String domain, RotPublicUid device, Operation.Kind kind, String issuer, BigInteger serialNumber, Instant at) {}
