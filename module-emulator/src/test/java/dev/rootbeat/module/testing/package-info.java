/** Tests of the modules for tests. */
@NullMarked
package dev.rootbeat.module.testing;

import org.jspecify.annotations.NullMarked;
