/** {@code rootbeat demo}: the whole life of a small fleet against a certificate manager, on real sockets. */
@NullMarked
package dev.rootbeat.demo;

import org.jspecify.annotations.NullMarked;
