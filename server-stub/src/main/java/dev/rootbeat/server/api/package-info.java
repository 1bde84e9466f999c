/** The REST interface: the OpenAPI document is the source, and requests are checked against it. */
@NullMarked
package dev.rootbeat.server.api;

import org.jspecify.annotations.NullMarked;
