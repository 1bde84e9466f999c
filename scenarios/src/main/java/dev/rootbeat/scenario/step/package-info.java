/** The words of scenarios, a class for each subject. A scenario's steps share one {@link dev.rootbeat.scenario.step.Script}. */
@NullMarked
package dev.rootbeat.scenario.step;

import org.jspecify.annotations.NullMarked;
