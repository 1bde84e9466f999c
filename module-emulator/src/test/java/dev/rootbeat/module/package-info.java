/** Holds the assembled module to what it is for: one device, whose storage is its life. */
@NullMarked
package dev.rootbeat.module;

import org.jspecify.annotations.NullMarked;
