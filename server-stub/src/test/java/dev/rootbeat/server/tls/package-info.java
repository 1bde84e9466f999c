@NullMarked
package dev.rootbeat.server.tls;

import org.jspecify.annotations.NullMarked;
