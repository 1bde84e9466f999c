@NullMarked
package dev.rootbeat.conformance.simulate;

import org.jspecify.annotations.NullMarked;
