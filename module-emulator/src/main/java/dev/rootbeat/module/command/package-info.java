/** What a module answers to AT commands: one class per service, one annotated method per command. */
@NullMarked
package dev.rootbeat.module.command;

import org.jspecify.annotations.NullMarked;
