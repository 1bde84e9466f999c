/** The device's end of the secure channel: CoAP over DTLS 1.2, thousands of devices on a few event loops. */
@NullMarked
package dev.rootbeat.module.channel;

import org.jspecify.annotations.NullMarked;
