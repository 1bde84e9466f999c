/** What the server does wrong on purpose: faults as values, drawn from a seed, and where they attach. */
@NullMarked
package dev.rootbeat.server.fault;

import org.jspecify.annotations.NullMarked;
