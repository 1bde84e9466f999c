/** Frames between flags on a serial line that may lose octets. */
@NullMarked
package dev.rootbeat.module.frame;

import org.jspecify.annotations.NullMarked;
