/** What those who run a server see and do. */
@NullMarked
package dev.rootbeat.server.manage;

import org.jspecify.annotations.NullMarked;
