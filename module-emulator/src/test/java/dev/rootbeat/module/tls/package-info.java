@NullMarked
package dev.rootbeat.module.tls;

import org.jspecify.annotations.NullMarked;
