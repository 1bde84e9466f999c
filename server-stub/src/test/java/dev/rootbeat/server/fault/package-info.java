/** What can be made to go wrong in a server, and that it then does, and nothing else. */
@NullMarked
package dev.rootbeat.server.fault;

import org.jspecify.annotations.NullMarked;
