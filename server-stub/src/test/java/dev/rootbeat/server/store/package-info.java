/** One contract for all stores. */
@NullMarked
package dev.rootbeat.server.store;

import org.jspecify.annotations.NullMarked;
