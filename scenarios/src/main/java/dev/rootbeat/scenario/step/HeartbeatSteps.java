package dev.rootbeat.scenario.step;

import dev.rootbeat.module.testing.AtAnswer;
import dev.rootbeat.scenario.testbed.Unit;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Heartbeats, the time between them, and AT. */
public final class HeartbeatSteps {

    /** The guard interval, and a minute. */
    private static final Duration AFTER_GUARD = Duration.ofMinutes(6);

    /** The commands of a heartbeat have run, and their results are at the server, some seconds after its reply. */
    private static final Duration COMMANDS = Duration.ofSeconds(30);

    private final Script script;

    /** Made for each scenario. */
    public HeartbeatSteps(Script script) {
        this.script = script;
    }

    /** Time passes, for everybody. */
    @When("{duration} pass(es)")
    public void pass(Duration span) {
        script.testbed().pass(span);
    }

    /** The guard interval of everybody's last heartbeat is over. */
    @When("the guard interval is over")
    public void guard() {
        script.testbed().pass(AFTER_GUARD);
    }

    /**
     * When the guard interval is over, a heartbeat is accepted and its commands run: one that the module sends of its own
     * accord meanwhile, or else one that its host forces.
     */
    @When("{devices} send(s) a heartbeat")
    public void beat(Cast devices) {
        beats(devices, 1);
    }

    /** The same several times. */
    @When("{devices} send(s) {int} heartbeats")
    public void beats(Cast devices, int count) {
        for (int i = 0; i < count; i++) {
            Map<Integer, Integer> before =
                    devices.units().stream().collect(Collectors.toMap(Unit::number, Unit::heartbeats));
            guard();
            devices.each(unit -> {
                if (before.getOrDefault(unit.number(), 0) == unit.heartbeats()) {
                    AtAnswer forced = unit.send("AT+USECCONN");
                    Claim.holds(
                            forced.isOk(), () -> "the heartbeat of device " + unit.number() + " ended in " + forced);
                }
            });
            script.testbed().pass(COMMANDS);
        }
    }

    /** Hosts force a heartbeat at once; what it comes to is for later steps. */
    @When("the host of {devices} forces a heartbeat")
    public void force(Cast devices) {
        devices.each(unit -> script.answered(unit.send("AT+USECCONN")));
        script.testbed().pass(COMMANDS);
    }

    /** What the last forced heartbeat came to, or the last command line. */
    @Then("the host gets {string}")
    public void result(String result) {
        Claim.same(result, script.heard().result(), "the final result");
    }

    /** Any final result that is an error. */
    @Then("the host gets an error")
    public void error() {
        Claim.holds(
                script.heard().result().contains("ERROR"),
                () -> "expected an error, but the final result is "
                        + script.heard().result());
    }

    /** Hosts send a command line. */
    @When("the host of {devices} sends {string}")
    public void send(Cast devices, String line) {
        devices.each(unit -> script.answered(unit.send(line)));
    }

    /** An information line of the last answer. */
    @Then("the host reads {string}")
    public void reads(String line) {
        Claim.holds(
                script.heard().lines().contains(line),
                () -> "expected the line " + line + ", but there are "
                        + script.heard().lines());
    }
}
