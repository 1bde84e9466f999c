/** P-256, HKDF and the key hierarchy that both sides derive, certificate requests. */
@NullMarked
package dev.rootbeat.rot.crypto;

import org.jspecify.annotations.NullMarked;
