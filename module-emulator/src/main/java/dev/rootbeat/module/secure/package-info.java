/** Chip-to-chip protection of what a host and its module say to each other (AT reference, section 2.4). */
@NullMarked
package dev.rootbeat.module.secure;

import org.jspecify.annotations.NullMarked;
