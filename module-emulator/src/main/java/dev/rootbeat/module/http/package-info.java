/** The HTTP client of the module. */
@NullMarked
package dev.rootbeat.module.http;

import org.jspecify.annotations.NullMarked;
