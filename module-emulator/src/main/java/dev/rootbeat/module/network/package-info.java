/** The cellular side of a module: the network that it sees, registration, and packet data contexts. */
@NullMarked
package dev.rootbeat.module.network;

import org.jspecify.annotations.NullMarked;
