/** Tests of modules in the real world. */
@NullMarked
package dev.rootbeat.module.real;

import org.jspecify.annotations.NullMarked;
