/** IoT platforms that devices log in to with their certificates (requirements, section 7), and the server's own one. */
@NullMarked
package dev.rootbeat.server.platform;

import org.jspecify.annotations.NullMarked;
