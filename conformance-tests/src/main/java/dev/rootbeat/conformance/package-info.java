/** What holds any device or server to the specification. */
@NullMarked
package dev.rootbeat.conformance;

import org.jspecify.annotations.NullMarked;
