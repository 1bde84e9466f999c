/** Modules in the real world: the threads that they share, what is plugged into them, and the command that runs them. */
@NullMarked
package dev.rootbeat.module.real;

import org.jspecify.annotations.NullMarked;
