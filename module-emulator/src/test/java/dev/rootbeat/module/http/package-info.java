/** The HTTP client of the module at real servers. */
@NullMarked
package dev.rootbeat.module.http;

import org.jspecify.annotations.NullMarked;
