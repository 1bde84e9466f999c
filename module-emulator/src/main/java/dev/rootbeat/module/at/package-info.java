/** The AT interface of a module: line framing, parser, the table of commands, and what they answer. */
@NullMarked
package dev.rootbeat.module.at;

import org.jspecify.annotations.NullMarked;
