/** Storage that survives a power cut at any step of a write. */
@NullMarked
package dev.rootbeat.rot.flash;

import org.jspecify.annotations.NullMarked;
