/** The MQTT client of the module at real brokers. */
@NullMarked
package dev.rootbeat.module.mqtt;

import org.jspecify.annotations.NullMarked;
