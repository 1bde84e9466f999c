/** What goes wrong between a module and its hosts, as values, and how it is brought about. */
@NullMarked
package dev.rootbeat.module.fault;

import org.jspecify.annotations.NullMarked;
