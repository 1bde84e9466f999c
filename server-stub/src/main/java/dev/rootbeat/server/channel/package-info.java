/** The server's end of the secure channel: CoAP over DTLS 1.2, who may speak on it, and how often. */
@NullMarked
package dev.rootbeat.server.channel;

import org.jspecify.annotations.NullMarked;
