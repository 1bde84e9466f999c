/** Why a thing is as it is: {@code rootbeat explain}, the causal chain of a device, a certificate, an invoice line. */
@NullMarked
package dev.rootbeat.conformance.explain;

import org.jspecify.annotations.NullMarked;
