/** What the server does by itself: scheduled jobs, and telling domains what happened. */
@NullMarked
package dev.rootbeat.server.event;

import org.jspecify.annotations.NullMarked;
