/** The port behind which the server's data lives, and its implementations. */
@NullMarked
package dev.rootbeat.server.store;

import org.jspecify.annotations.NullMarked;
