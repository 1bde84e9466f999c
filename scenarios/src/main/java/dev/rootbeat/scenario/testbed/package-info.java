/**
 * What scenarios play on: a {@link dev.rootbeat.scenario.testbed.Testbed} with a certificate manager, operators, and
 * {@link dev.rootbeat.scenario.testbed.Unit modules with their hosts}.
 */
@NullMarked
package dev.rootbeat.scenario.testbed;

import org.jspecify.annotations.NullMarked;
