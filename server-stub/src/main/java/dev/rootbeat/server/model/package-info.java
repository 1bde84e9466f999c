/** The nouns of the certificate manager: data only, known to its store and to every service. */
@NullMarked
package dev.rootbeat.server.model;

import org.jspecify.annotations.NullMarked;
