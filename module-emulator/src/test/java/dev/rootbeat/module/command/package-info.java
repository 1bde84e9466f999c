@NullMarked
package dev.rootbeat.module.command;

import org.jspecify.annotations.NullMarked;
