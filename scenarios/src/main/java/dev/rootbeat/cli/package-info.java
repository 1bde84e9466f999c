/** The command line: the root command, and what holds for every command below it. */
@NullMarked
package dev.rootbeat.cli;

import org.jspecify.annotations.NullMarked;
