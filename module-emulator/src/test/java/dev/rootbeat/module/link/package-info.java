/** Links, with hosts at their other ends. */
@NullMarked
package dev.rootbeat.module.link;

import org.jspecify.annotations.NullMarked;
