/** Root CAs, certificates and revocation lists. */
@NullMarked
package dev.rootbeat.server.ca;

import org.jspecify.annotations.NullMarked;
