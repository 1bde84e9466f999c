/** Modules and a certificate manager on real sockets. */
@NullMarked
package dev.rootbeat.conformance.real;

import org.jspecify.annotations.NullMarked;
