package dev.rootbeat.scenario.step;

import static dev.rootbeat.scenario.step.Script.object;

import dev.rootbeat.scenario.testbed.Unit;
import io.cucumber.java.en.Then;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Revocation lists. */
public final class RevocationSteps {

    private final Script script;

    /** Made for each scenario. */
    public RevocationSteps(Script script) {
        this.script = script;
    }

    /** How many certificates a list has. */
    @Then("the CRL of {operator}'s Root CA {string} lists {int} certificate(s)")
    public void size(String domain, String rootCa, int count) {
        var revoked = crl(domain, rootCa).getRevokedCertificates();
        Claim.same(count, revoked == null ? 0 : Set.copyOf(revoked).size(), "the length of the CRL of " + rootCa);
    }

    /** It does not run out before. */
    @Then("the CRL of {operator}'s Root CA {string} is good for {duration} more")
    public void fresh(String domain, String rootCa, Duration atLeast) {
        Instant next = crl(domain, rootCa).getNextUpdate().toInstant();
        Instant now = script.testbed().now();
        Claim.holds(
                !next.isBefore(now.plus(atLeast)),
                () -> "the CRL of " + rootCa + " runs out at " + next + "; it is " + now);
    }

    /** What was remembered of the devices is revoked. */
    @Then("the remembered certificate(s) of {devices} is/are on the CRL of {operator}'s Root CA {string}")
    public void remembered(Cast devices, String domain, String rootCa) {
        X509CRL crl = crl(domain, rootCa);
        for (Unit unit : devices.units()) {
            var serial = new BigInteger(script.remembered(unit).serialNumber(), 16);
            Claim.holds(
                    crl.getRevokedCertificate(serial) != null,
                    () -> "certificate " + serial.toString(16) + " is not on the CRL of " + rootCa);
        }
    }

    private X509CRL crl(String domain, String rootCa) {
        String pem = script.does(domain, "/v1/ztp/rootca/crl/get", object().put("RootCAID", script.rootCa(rootCa)))
                .get("CRL")
                .asString();
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509")
                    .generateCRL(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the CRL of " + rootCa + " cannot be read: " + e.getMessage(), e);
        }
    }
}
