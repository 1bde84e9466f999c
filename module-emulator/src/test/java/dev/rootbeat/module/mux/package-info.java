@NullMarked
package dev.rootbeat.module.mux;

import org.jspecify.annotations.NullMarked;
