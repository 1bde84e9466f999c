package dev.rootbeat.scenario.step;

import static dev.rootbeat.scenario.step.Script.object;

import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.protocol.SlotReport;
import dev.rootbeat.scenario.testbed.Certificates;
import dev.rootbeat.scenario.testbed.Testbed;
import dev.rootbeat.scenario.testbed.Unit;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** What devices hold, compared with what they held when that was last remembered. */
public final class CertificateSteps {

    private final Script script;

    /** Made for each scenario. */
    public CertificateSteps(Script script) {
        this.script = script;
    }

    /** What they hold now is what later steps compare with. */
    @When("what {devices} hold(s) is remembered")
    public void remember(Cast devices) {
        devices.each(script::remember);
    }

    /** Nothing has changed. */
    @Then("{devices} still hold(s) the same certificate")
    public void same(Cast devices) {
        for (Unit unit : devices.units()) {
            Claim.same(before(unit).chain(), now(unit).chain(), "the chain of device " + unit.number());
        }
    }

    /** As a renewal or a transfer leaves it. */
    @Then("{devices} hold(s) a new certificate on the same key")
    public void renewed(Cast devices) {
        fresh(devices, true);
    }

    /** As an update leaves it. */
    @Then("{devices} hold(s) a new certificate on a new key")
    public void updated(Cast devices) {
        fresh(devices, false);
    }

    private void fresh(Cast devices, boolean sameKey) {
        for (Unit unit : devices.units()) {
            Credential before = before(unit);
            Credential now = now(unit);
            String device = "device " + unit.number();
            Claim.holds(
                    !Certificates.serialNumber(before).equals(Certificates.serialNumber(now)),
                    () -> device + " still holds " + Words.name(before));
            Claim.same(sameKey, Certificates.sameKey(before, now), "whether " + device + " kept its key");
            Claim.same(
                    Certificates.of(before).getSubjectX500Principal(),
                    Certificates.of(now).getSubjectX500Principal(),
                    "the subject of " + device);
        }
    }

    /** As a delete leaves it. */
    @Then("{devices} hold(s) no certificate")
    public void none(Cast devices) {
        for (Unit unit : devices.units()) {
            Script.credential(unit).ifPresent(credential -> {
                throw new AssertionError("device " + unit.number() + " holds " + Words.name(credential));
            });
            var slot = unit.module().rootOfTrust().report().get(SlotReport.MANAGED);
            Claim.holds(slot.activeKey() == null, () -> "device " + unit.number() + " still has a key");
        }
    }

    /** Any certificate of this Root CA, whose chain, key and validity fit together. */
    @Then("{devices} hold(s) a certificate of Root CA {string}")
    public void issuer(Cast devices, String rootCa) {
        for (Unit unit : devices.units()) {
            String issuer = Certificates.of(now(unit)).getIssuerX500Principal().getName();
            Claim.holds(
                    issuer.startsWith("CN=" + rootCa + ","),
                    () -> "the certificate of device " + unit.number() + " is of " + issuer);
        }
    }

    /** Whether it can be used now, and how long. */
    @Then("the certificate(s) of {devices} live(s) at least {duration} more")
    public void lives(Cast devices, Duration atLeast) {
        Instant now = script.testbed().now();
        for (Unit unit : devices.units()) {
            Instant end = Certificates.of(now(unit)).getNotAfter().toInstant();
            Claim.holds(
                    !end.isBefore(now.plus(atLeast)),
                    () -> "the certificate of device " + unit.number() + " ends at " + end + "; it is " + now);
        }
    }

    /** It has run out. */
    @Then("the certificate(s) of {devices} has/have expired")
    public void expired(Cast devices) {
        Instant now = script.testbed().now();
        for (Unit unit : devices.units()) {
            Instant end = Certificates.of(now(unit)).getNotAfter().toInstant();
            Claim.holds(
                    end.isBefore(now),
                    () -> "the certificate of device " + unit.number() + " ends at " + end + "; it is " + now);
        }
    }

    /** However many of them were used. */
    @Then("{int} certificate(s) was/were ever signed for {devices}")
    public void signed(int count, Cast devices) {
        for (Unit unit : devices.units()) {
            JsonNode history = script.does(
                    Testbed.HOME,
                    "/v1/ztp/devicecertificate/get",
                    object().put("RoTPublicUID", unit.uid().toString()));
            Claim.same(
                    count, history.get("Certificates").size(), "the certificates signed for device " + unit.number());
        }
    }

    private Credential now(Unit unit) {
        return Script.credential(unit)
                .orElseThrow(() -> new AssertionError("device " + unit.number() + " holds no certificate"));
    }

    private Credential before(Unit unit) {
        Credential credential = script.remembered(unit).credential();
        if (credential == null) {
            throw new AssertionError("device " + unit.number() + " held no certificate when that was remembered");
        }
        return credential;
    }
}
