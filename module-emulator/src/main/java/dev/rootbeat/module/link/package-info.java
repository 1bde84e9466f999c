/** Where hosts are plugged in: TCP, pseudo-terminals, and standard input and output. */
@NullMarked
package dev.rootbeat.module.link;

import org.jspecify.annotations.NullMarked;
