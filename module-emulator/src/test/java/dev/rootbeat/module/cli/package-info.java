/** Holds the {@code module} command to the contract of the command line. */
@NullMarked
package dev.rootbeat.module.cli;

import org.jspecify.annotations.NullMarked;
