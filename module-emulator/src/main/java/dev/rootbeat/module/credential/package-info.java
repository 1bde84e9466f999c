/** Certificates and keys that a host imports for its TLS connections. The Root of Trust has its own, elsewhere. */
@NullMarked
package dev.rootbeat.module.credential;

import org.jspecify.annotations.NullMarked;
