/** The MQTT client of the module. */
@NullMarked
package dev.rootbeat.module.mqtt;

import org.jspecify.annotations.NullMarked;
