/**
 * Scenario suites in Gherkin: {@link dev.rootbeat.scenario.ScenarioCommand} runs feature files on a
 * {@link dev.rootbeat.scenario.testbed.Testbed}; the words are in {@link dev.rootbeat.scenario.step}.
 */
@NullMarked
package dev.rootbeat.scenario;

import org.jspecify.annotations.NullMarked;
