@NullMarked
package dev.rootbeat.module.network;

import org.jspecify.annotations.NullMarked;
