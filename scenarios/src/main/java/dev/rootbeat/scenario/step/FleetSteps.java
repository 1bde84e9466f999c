package dev.rootbeat.scenario.step;

import static dev.rootbeat.scenario.step.Script.object;

import dev.rootbeat.module.Product;
import dev.rootbeat.scenario.testbed.Testbed;
import dev.rootbeat.scenario.testbed.Unit;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Root CAs, device profiles, modules, and how they come to belong together. */
public final class FleetSteps {

    private static final String USUAL_ROOT_CA = "Field";
    private static final String USUAL_PROFILE = "meters";
    private static final Duration ROOT_CA_LIFE = Duration.ofDays(3650);
    private static final Duration CERTIFICATE_LIFE = Duration.ofDays(90);

    /** As long as a host waits for the end of the first provisioning (AT reference, section 3). */
    private static final Duration PROVISIONING = Duration.ofMinutes(4);

    /** Afterwards the guard interval of the last provisioning exchange is over. */
    private static final Duration AFTER_GUARD = Duration.ofMinutes(6);

    private static final Duration BOOT = Duration.ofSeconds(1);

    private final Script script;

    /** Made for each scenario. */
    public FleetSteps(Script script) {
        this.script = script;
    }

    /** A Root CA of ten years, whose device certificates live 90 days and are not renewed automatically. */
    @Given("{operator} has a Root CA {string}")
    public void rootCa(String domain, String name) {
        rootCa(domain, name, CERTIFICATE_LIFE);
    }

    /** A Root CA of ten years. */
    @Given("{operator} has a Root CA {string} whose certificates live {duration}")
    public void rootCa(String domain, String name, Duration certificateLife) {
        create(domain, name, ROOT_CA_LIFE, certificateLife, null);
    }

    /** A Root CA that ends soon. */
    @Given("{operator} has a Root CA {string} that ends in {duration} and whose certificates live {duration}")
    public void rootCaThatEnds(String domain, String name, Duration life, Duration certificateLife) {
        create(domain, name, life, certificateLife, null);
    }

    /** A Root CA whose certificates the server renews by itself. */
    @Given("{operator} has a Root CA {string} whose certificates live {duration} and are renewed with {duration} left")
    public void renewing(String domain, String name, Duration certificateLife, Duration window) {
        create(domain, name, ROOT_CA_LIFE, certificateLife, window);
    }

    private void create(
            String domain, String name, Duration life, Duration certificateLife, @Nullable Duration window) {
        ObjectNode body = object().put("RootCAName", name)
                .put("ValiditySeconds", life.toSeconds())
                .put("DeviceCertificateValiditySeconds", certificateLife.toSeconds());
        if (window != null) {
            body.put("AutomaticRenewalWindowSeconds", window.toSeconds());
        }
        script.nameRootCa(
                name,
                script.does(domain, "/v1/ztp/rootca/create", body)
                        .get("RootCAID")
                        .asString());
    }

    /** A profile without whitelist check, with the commercial plan. */
    @Given("{operator} has a device profile {string} for Root CA {string}")
    public void profile(String domain, String name, String rootCa) {
        createProfile(domain, name, body(name, false, "COMMERCIAL").put("RootCAID", script.rootCa(rootCa)));
    }

    /** A profile that only activates devices on its whitelist. */
    @Given("{operator} has a device profile {string} for Root CA {string} with a whitelist")
    public void profileWithWhitelist(String domain, String name, String rootCa) {
        createProfile(domain, name, body(name, true, "COMMERCIAL").put("RootCAID", script.rootCa(rootCa)));
    }

    /** A profile whose devices get another plan; NONE for none. */
    @Given("{operator} has a device profile {string} for Root CA {string} with the plan {word}")
    public void profileWithPlan(String domain, String name, String rootCa, String plan) {
        createProfile(domain, name, body(name, false, plan).put("RootCAID", script.rootCa(rootCa)));
    }

    /** A profile whose devices get no certificate. */
    @Given("{operator} has a device profile {string} without a Root CA")
    public void profileWithoutRootCa(String domain, String name) {
        createProfile(domain, name, body(name, false, "COMMERCIAL"));
    }

    private static ObjectNode body(String name, boolean whitelist, String plan) {
        return object().put("DeviceProfileName", name)
                .put("WhitelistCheck", whitelist)
                .put("Plan", plan);
    }

    private void createProfile(String domain, String name, ObjectNode body) {
        script.nameProfile(
                name,
                script.does(domain, "/v1/deviceprofile/create", body)
                        .get("DeviceProfileUID")
                        .asString());
    }

    /** New modules, switched on. */
    @Given("{int} new {product}")
    public void modules(int count, Product product) {
        for (int i = 0; i < count; i++) {
            script.testbed().add(product).powerOn();
        }
        script.testbed().pass(BOOT);
    }

    /** A new module, switched on. */
    @Given("a new {product}")
    public void module(Product product) {
        modules(1, product);
    }

    /** Modules with a certificate, whose guard interval is over; what they hold is remembered. */
    @Given("{int} provisioned devices")
    public void provisioned(int count) {
        provisioned(count, Product.SARA_R510S_01B);
    }

    /** A module with a certificate, whose guard interval is over; what it holds is remembered. */
    @Given("a provisioned device")
    public void provisioned() {
        provisioned(1);
    }

    /** The same of a certain product. */
    @Given("a provisioned {product}")
    public void provisioned(Product product) {
        provisioned(1, product);
    }

    private void provisioned(int count, Product product) {
        if (!script.knowsProfile(USUAL_PROFILE)) {
            rootCa(Testbed.HOME, USUAL_ROOT_CA);
            profile(Testbed.HOME, USUAL_PROFILE, USUAL_ROOT_CA);
        }
        int before = script.testbed().units().size();
        modules(count, product);
        var fresh = new Cast(script.testbed().units().subList(before, before + count));
        provision(fresh, USUAL_PROFILE);
    }

    /** Hosts seal their modules, and wait for certificates and for the guard interval; what they hold is remembered. */
    @Given("{devices} are/is provisioned with profile {string}")
    public void provision(Cast devices, String profile) {
        seal(devices, profile);
        sealed(devices);
        script.testbed().pass(AFTER_GUARD);
        devices.each(script::remember);
    }

    /** Hosts seal their modules as soon as these are bootstrapped. */
    @When("the host(s) of {devices} seal(s) with profile {string}")
    public void seal(Cast devices, String profile) {
        for (Unit unit : devices.units()) {
            Claim.holds(
                    script.testbed().await(() -> isBootstrapped(unit), PROVISIONING),
                    () -> "device " + unit.number() + " is not bootstrapped after " + PROVISIONING);
            String line = "AT+USECDEVINFO=\"" + script.profile(profile) + "\",\"" + script.nextSerial() + "\"";
            Claim.same("OK", unit.send(line).result(), "device " + unit.number() + ": " + line);
        }
    }

    /** May be refused; the host has asked for it as for any command line. */
    @When("the host(s) of {devices} try/tries to seal with profile {string}")
    public void trySeal(Cast devices, String profile) {
        devices.each(unit -> script.answered(
                unit.send("AT+USECDEVINFO=\"" + script.profile(profile) + "\",\"" + script.nextSerial() + "\"")));
    }

    /** Time passes until that is so. */
    @When("{devices} is/are sealed at last")
    public void sealed(Cast devices) {
        devices.each(unit -> Claim.holds(
                script.testbed().await(() -> isSealed(unit), PROVISIONING),
                () -> "device " + unit.number() + " is not provisioned after " + PROVISIONING));
    }

    /** Puts devices on a profile's whitelist. */
    @Given("{operator} has {devices} on the whitelist of profile {string}")
    public void whitelist(String domain, Cast devices, String profile) {
        script.does(
                domain,
                "/v1/deviceprofile/whitelist/add",
                Script.of(devices).put("DeviceProfileUID", script.profile(profile)));
    }

    /** Activates blacklisted devices. */
    @When("{operator} unblocks {devices}")
    public void unblock(String domain, Cast devices) {
        script.does(domain, "/v1/device/unblock", Script.of(devices));
    }

    /** Lets devices speak again that are suspected clones. */
    @When("{operator} resolves {devices}")
    public void resolve(String domain, Cast devices) {
        script.does(domain, "/v1/device/resolve", Script.of(devices));
    }

    /** Sets the plan of devices. */
    @When("{operator} sets the plan of {devices} to {word}")
    public void plan(String domain, Cast devices, String plan) {
        script.does(domain, "/v1/plan/things/set", Script.of(devices).put("Plan", plan));
    }

    /** How the server sees devices: REGISTERED, BLACKLISTED or ACTIVATED. */
    @Then("{operator} sees {devices} as {word}")
    public void standing(String domain, Cast devices, String standing) {
        devices.each(unit ->
                Claim.same(standing, shown(domain, unit, "Standing"), "the standing of device " + unit.number()));
    }

    /** A clone is suspected. */
    @Then("{operator} sees that {devices} is/are frozen")
    public void frozen(String domain, Cast devices) {
        devices.each(unit -> Claim.holds(
                !shown(domain, unit, "Frozen").isEmpty(), () -> "device " + unit.number() + " is not frozen"));
    }

    private String shown(String domain, Unit unit, String field) {
        return script.does(
                        domain,
                        "/v1/device/get",
                        object().put("RoTPublicUID", unit.uid().toString()))
                .path(field)
                .asString("");
    }

    /** For others they do not exist. */
    @Then("{operator} does not know {devices}")
    public void unknown(String domain, Cast devices) {
        for (Unit unit : devices.units()) {
            script.tries(
                    domain,
                    "/v1/device/get",
                    object().put("RoTPublicUID", unit.uid().toString()));
            Claim.same(List.of("NOT_FOUND"), script.errors(), "what is told of device " + unit.number());
        }
    }

    private static boolean isBootstrapped(Unit unit) {
        return unit.isOn()
                && unit.module().isOn()
                && unit.module().security().status().registered();
    }

    private static boolean isSealed(Unit unit) {
        return unit.isOn()
                && unit.module().isOn()
                && unit.module().security().status().claimed();
    }
}
