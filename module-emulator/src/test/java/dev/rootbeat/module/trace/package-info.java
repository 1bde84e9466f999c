/** Traces of modules in virtual time. */
@NullMarked
package dev.rootbeat.module.trace;

import org.jspecify.annotations.NullMarked;
