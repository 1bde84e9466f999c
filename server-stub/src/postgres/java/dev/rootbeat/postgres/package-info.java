/** PostgreSQL for the tests of several modules. */
@NullMarked
package dev.rootbeat.postgres;

import org.jspecify.annotations.NullMarked;
