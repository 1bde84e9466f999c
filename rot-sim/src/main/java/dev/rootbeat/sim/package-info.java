/** The kernel of the simulated world: virtual time, a seeded network, power, and faults as values. */
@NullMarked
package dev.rootbeat.sim;

import org.jspecify.annotations.NullMarked;
