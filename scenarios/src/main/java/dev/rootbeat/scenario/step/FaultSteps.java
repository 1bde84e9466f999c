package dev.rootbeat.scenario.step;

import dev.rootbeat.sim.Leg;
import dev.rootbeat.sim.NetworkFault;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.When;
import java.time.Duration;

/** What goes wrong: messages, power, clocks, the server. */
public final class FaultSteps {

    private static final Duration BOOT = Duration.ofSeconds(1);

    private final Script script;

    /** Made for each scenario. */
    public FaultSteps(Script script) {
        this.script = script;
    }

    /** It does not arrive. */
    @Given("the next {message} of {devices} is/are lost")
    public void lose(Leg leg, Cast devices) {
        devices.each(unit -> unit.inject(new NetworkFault.Lose(leg)));
    }

    /** None of several arrives. */
    @Given("the next {int} {message} messages of {devices} are lost")
    public void lose(int count, Leg leg, Cast devices) {
        for (int i = 0; i < count; i++) {
            lose(leg, devices);
        }
    }

    /** It arrives twice. */
    @Given("the next {message} of {devices} is/are repeated")
    public void repeat(Leg leg, Cast devices) {
        devices.each(unit -> unit.inject(new NetworkFault.Duplicate(leg)));
    }

    /** It arrives later. */
    @Given("the next {message} of {devices} is/are {duration} late")
    public void hold(Leg leg, Cast devices, Duration delay) {
        devices.each(unit -> unit.inject(new NetworkFault.Hold(leg, delay)));
    }

    /** Whatever it does is over; what it has stored stays. */
    @When("{devices} lose(s) power")
    public void powerOff(Cast devices) {
        devices.each(unit -> unit.powerOff());
    }

    /** It boots, which takes a moment. */
    @When("{devices} get(s) power")
    public void powerOn(Cast devices) {
        devices.each(unit -> unit.powerOn());
        script.testbed().pass(BOOT);
    }

    /** The power fails in the middle of a later storage write, and comes back after ten seconds. */
    @Given("the power of {devices} fails {int} storage step(s) from now")
    public void cut(Cast devices, int steps) {
        devices.each(unit -> unit.cutPowerAfter(steps));
    }

    /** Hosts that give their modules power ten minutes a day. */
    @When("for {int} days {devices} get(s) power for only {duration} a day")
    public void briefly(int days, Cast devices, Duration span) {
        for (int i = 0; i < days; i++) {
            powerOn(devices);
            script.testbed().pass(span);
            powerOff(devices);
            script.testbed().pass(Duration.ofDays(1).minus(span));
        }
    }

    /** Who can do that knows the device's key: a clone. */
    @When("a thief replays the first heartbeat of {devices}")
    public void replay(Cast devices) {
        devices.each(unit -> unit.replayFirstHeartbeat());
        script.testbed().pass(Duration.ofSeconds(10));
    }

    /** The process dies at once; its data stays. */
    @When("the server dies")
    public void serverDies() {
        script.testbed().killServer();
    }

    /** A new process on the data of the last. */
    @When("the server starts again")
    public void serverStarts() {
        script.testbed().startServer();
    }

    /** Its clock only; devices learn of it by replies. */
    @When("the server's clock goes back by {duration}")
    public void clockBack(Duration step) {
        script.testbed().stepServerClock(step.negated());
    }

    /** Its clock only; devices learn of it by replies. */
    @When("the server's clock goes forward by {duration}")
    public void clockForward(Duration step) {
        script.testbed().stepServerClock(step);
    }

    /** Nobody reaches the server. */
    @When("the network is down")
    public void networkDown() {
        script.testbed().network(false);
    }

    /** Everybody does again. */
    @When("the network is up again")
    public void networkUp() {
        script.testbed().network(true);
    }

    /** As {@code rootbeat server --fault} takes it. */
    @Given("the server has the fault {string}")
    public void serverFault(String fault) {
        script.testbed().serverFault(fault);
    }

    /** It is well again. */
    @When("the server has no faults any more")
    public void noServerFaults() {
        script.testbed().noServerFaults();
    }
}
