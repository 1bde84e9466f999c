@NullMarked
package dev.rootbeat.conformance.explain;

import org.jspecify.annotations.NullMarked;
