/** What hosts, modules and their server said to each other: written down, and played again. */
@NullMarked
package dev.rootbeat.module.trace;

import org.jspecify.annotations.NullMarked;
