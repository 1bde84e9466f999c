@NullMarked
package dev.rootbeat.module.file;

import org.jspecify.annotations.NullMarked;
