/** The one catalogue of deliberate defects in devices and servers, a value each. */
@NullMarked
package dev.rootbeat.conformance.mutant;

import org.jspecify.annotations.NullMarked;
