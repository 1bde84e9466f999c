/** The AT interface's tests. */
@NullMarked
package dev.rootbeat.module.at;

import org.jspecify.annotations.NullMarked;
