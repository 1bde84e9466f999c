/** Devices: registry, profiles, life, flood protection, and the comparison of what is wanted with what is reported. */
@NullMarked
package dev.rootbeat.server.device;

import org.jspecify.annotations.NullMarked;
