@NullMarked
package dev.rootbeat.server.event;

import org.jspecify.annotations.NullMarked;
