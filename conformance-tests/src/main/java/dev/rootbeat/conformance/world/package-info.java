/** The assembled pair in the simulated world: modules, a certificate manager and an operator, with the promises checked. */
@NullMarked
package dev.rootbeat.conformance.world;

import org.jspecify.annotations.NullMarked;
