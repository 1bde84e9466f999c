@NullMarked
package dev.rootbeat.module.credential;

import org.jspecify.annotations.NullMarked;
