/** The certificate manager as a whole: its parts put together, its ports, its command. */
@NullMarked
package dev.rootbeat.server;

import org.jspecify.annotations.NullMarked;
