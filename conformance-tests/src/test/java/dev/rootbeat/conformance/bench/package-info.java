/** How fast the heartbeat's way and the issue of certificates are, beside what the machine can do at all. */
@NullMarked
package dev.rootbeat.conformance.bench;

import org.jspecify.annotations.NullMarked;
