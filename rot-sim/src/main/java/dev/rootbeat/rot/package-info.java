/** The Root of Trust of a module: its identity, its slots, and what it does when it is told. */
@NullMarked
package dev.rootbeat.rot;

import org.jspecify.annotations.NullMarked;
