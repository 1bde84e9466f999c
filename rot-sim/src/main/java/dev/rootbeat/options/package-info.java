/** How every command of the command line reads what is written on it: durations, identities, secrets, classes. */
@NullMarked
package dev.rootbeat.options;

import org.jspecify.annotations.NullMarked;
