/** What a device may expect of its certificate manager, and what an operator may. */
@NullMarked
package dev.rootbeat.server.device;

import org.jspecify.annotations.NullMarked;
