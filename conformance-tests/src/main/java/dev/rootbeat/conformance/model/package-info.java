/** The one reference model: what must be true of a device, said as simply as possible. */
@NullMarked
package dev.rootbeat.conformance.model;

import org.jspecify.annotations.NullMarked;
