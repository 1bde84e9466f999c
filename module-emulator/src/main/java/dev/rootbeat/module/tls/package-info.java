/** TLS of the module's sockets: profiles that a host sets, and connections that keep to them. */
@NullMarked
package dev.rootbeat.module.tls;

import org.jspecify.annotations.NullMarked;
