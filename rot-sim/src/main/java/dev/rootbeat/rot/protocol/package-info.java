/**
 * The language between a Root of Trust and its certificate manager: messages, their CBOR form, and the channel that
 * carries them. The normative text is the protocol specification; {@code rootbeat.cddl} defines the bytes.
 */
@NullMarked
package dev.rootbeat.rot.protocol;

import org.jspecify.annotations.NullMarked;
