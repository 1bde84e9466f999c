/** The reference model itself is checked here: what it never finds wrong it proves nothing about. */
@NullMarked
package dev.rootbeat.conformance.model;

import org.jspecify.annotations.NullMarked;
