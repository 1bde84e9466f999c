/** An emulated module: a Root of Trust with its identity, its heartbeats and its AT interface. */
@NullMarked
package dev.rootbeat.module;

import org.jspecify.annotations.NullMarked;
