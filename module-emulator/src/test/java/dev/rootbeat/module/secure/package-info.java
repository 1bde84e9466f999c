@NullMarked
package dev.rootbeat.module.secure;

import org.jspecify.annotations.NullMarked;
