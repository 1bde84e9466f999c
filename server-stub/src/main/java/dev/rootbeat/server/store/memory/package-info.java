/** The store of the simulated world: plain memory, no thread, no file. */
@NullMarked
package dev.rootbeat.server.store.memory;

import org.jspecify.annotations.NullMarked;
