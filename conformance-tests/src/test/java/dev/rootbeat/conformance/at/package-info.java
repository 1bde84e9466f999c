/** Hosts that speak AT to modules whose security life is real, in the simulated world. */
@NullMarked
package dev.rootbeat.conformance.at;

import org.jspecify.annotations.NullMarked;
