/** The {@code module} command: emulated modules for hosts, on ports and pseudo-terminals. */
@NullMarked
package dev.rootbeat.module.cli;

import org.jspecify.annotations.NullMarked;
