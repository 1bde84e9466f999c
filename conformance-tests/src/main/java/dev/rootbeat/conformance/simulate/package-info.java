/** {@code rootbeat simulate}: fleets in the simulated world, their promises checked, and what a failure comes down to. */
@NullMarked
package dev.rootbeat.conformance.simulate;

import org.jspecify.annotations.NullMarked;
