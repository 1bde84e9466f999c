@NullMarked
package dev.rootbeat.server.platform;

import org.jspecify.annotations.NullMarked;
