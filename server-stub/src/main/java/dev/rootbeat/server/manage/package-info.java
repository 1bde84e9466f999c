/** What those who run the server see and do: its health, its figures, and its faults. */
@NullMarked
package dev.rootbeat.server.manage;

import org.jspecify.annotations.NullMarked;
