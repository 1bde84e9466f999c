/** What the server shows to those who come by TLS: certificates that it makes itself, or that it was given. */
@NullMarked
package dev.rootbeat.server.tls;

import org.jspecify.annotations.NullMarked;
