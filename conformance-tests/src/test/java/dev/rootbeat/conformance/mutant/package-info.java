@NullMarked
package dev.rootbeat.conformance.mutant;

import org.jspecify.annotations.NullMarked;
