/** Histories and promises in the simulated world. */
@NullMarked
package dev.rootbeat.conformance.world;

import org.jspecify.annotations.NullMarked;
