/** Modules in the real world: the threads that they share, and what is plugged into them. */
@NullMarked
package dev.rootbeat.module.real;

import org.jspecify.annotations.NullMarked;
