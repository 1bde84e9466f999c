@NullMarked
package dev.rootbeat.module.fuzz;

import org.jspecify.annotations.NullMarked;
