/** Holds the heartbeat agent to its rules, in virtual time and against a scripted server. */
@NullMarked
package dev.rootbeat.module.heartbeat;

import org.jspecify.annotations.NullMarked;
