@NullMarked
package dev.rootbeat.server.billing;

import org.jspecify.annotations.NullMarked;
