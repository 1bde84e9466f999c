/** The heartbeat agent: when a module speaks to its certificate manager, what it says, and what it does with the answer. */
@NullMarked
package dev.rootbeat.module.heartbeat;

import org.jspecify.annotations.NullMarked;
