package dev.rootbeat.scenario.step;

import io.cucumber.java.en.Then;

/** Whether devices can log in where they are used. */
public final class PlatformSteps {

    private final Script script;

    /** Made for each scenario. */
    public PlatformSteps(Script script) {
        this.script = script;
    }

    /** With what their Root of Trust holds now. */
    @Then("{devices} can log in to the IoT platform")
    public void canLogIn(Cast devices) {
        devices.each(unit -> Claim.same("", unit.login(), "why device " + unit.number() + " cannot log in"));
        Claim.holds(!script.testbed().units().isEmpty(), () -> "there are no devices");
    }

    /** They are refused. */
    @Then("{devices} cannot log in to the IoT platform")
    public void cannotLogIn(Cast devices) {
        devices.each(unit -> Claim.holds(!unit.login().isEmpty(), () -> "device " + unit.number() + " can log in"));
    }
}
