/** Several channels over one link to a host (3GPP TS 27.010). */
@NullMarked
package dev.rootbeat.module.mux;

import org.jspecify.annotations.NullMarked;
