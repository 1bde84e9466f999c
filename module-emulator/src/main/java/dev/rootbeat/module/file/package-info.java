/** What a host stores on its module: files, and the shelf that they stand on. */
@NullMarked
package dev.rootbeat.module.file;

import org.jspecify.annotations.NullMarked;
