package dev.rootbeat.demo;

import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.server.CertificateManagerServer;
import dev.rootbeat.server.Clocks;
import dev.rootbeat.server.DeviceConfig;
import dev.rootbeat.server.Ports;
import dev.rootbeat.server.ServerConfig;
import dev.rootbeat.server.Stores;
import dev.rootbeat.server.api.RestConfig;
import dev.rootbeat.server.api.RestLimits;
import dev.rootbeat.server.device.HeartbeatPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Puts a certificate manager, an operator and a fleet together, and lets them live. */
final class Demo {

    private static final String API_KEY = "demo";
    private static final String API_SECRET = "demo";
    private static final int REQUESTS_PER_SECOND = 50_000;
    private static final Duration PERIOD = Duration.ofHours(24);

    private final DemoSettings settings;
    private final InstantSource clock;
    private final Screen screen;
    private final Transcript transcript;
    private final Keepsakes keepsakes;

    Demo(DemoSettings settings, InstantSource clock, Screen screen, Transcript transcript, Keepsakes keepsakes) {
        this.settings = settings;
        this.clock = clock;
        this.screen = screen;
        this.transcript = transcript;
        this.keepsakes = keepsakes;
    }

    /**
     * Runs the demonstration, and shows how it goes.
     *
     * @return whether everything was as it should be
     * @throws IOException if the server cannot start
     */
    boolean run() throws IOException {
        screen.say(settings.devices() + " modules and a certificate manager on real sockets. The guard interval is "
                + settings.guard().toSeconds() + " s here, instead of 5 minutes. Seed " + settings.seed() + ".");
        try (CertificateManagerServer server = CertificateManagerServer.start(config());
                ExecutorService threads = Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("rootbeat-demo-", 0).factory());
                var operator = new Operator(server.httpUrl(), threads);
                var fleet = new Fleet(settings, server.coapsAddress(), clock, transcript, threads)) {
            screen.say("REST on " + server.httpUrl() + ", devices on coaps://" + Ports.FREE.host() + ":"
                    + server.coapsAddress().getPort() + ".");
            live(operator, fleet);
            screen.end(true, "All " + settings.devices() + " modules are as they should be, in " + screen.elapsed());
            return true;
        } catch (DemoFailure e) {
            screen.end(false, "Failed after " + screen.elapsed() + ": " + e.getMessage());
            return false;
        }
    }

    private void live(Operator operator, Fleet fleet) {
        var patience = new Patience(settings.patience(), clock, fleet.timers());
        var checks = new Checks(operator, fleet, patience, screen, clock);
        Domain domain = screen.step(
                "An operator signs in and prepares",
                () -> {
                    operator.signIn(API_KEY, API_SECRET);
                    return Domain.prepare(operator, Checks.uids(fleet.devices()));
                },
                _ -> "Root CAs factory and field, a device profile, " + settings.devices()
                        + " devices on its whitelist");
        var story = new Story(operator, fleet, patience, screen, checks, clock, domain);
        story.tell();
        List<List<String>> rows = screen.step(
                "Everything is validated once more",
                () -> new Summary(checks, patience, keepsakes, clock).rows(fleet.devices(), story, domain),
                found -> "2 Root CAs, 2 revocation lists, " + found.size() + " devices");
        screen.table(Summary.TITLES, rows);
    }

    private ServerConfig config() {
        return ServerConfig.usual(
                Stores.MEMORY,
                Ports.FREE,
                RestConfig.plain(API_KEY, API_SECRET, RestLimits.DEFAULT),
                new DeviceConfig(
                        new HeartbeatPolicy(settings.guard(), PERIOD), REQUESTS_PER_SECOND, KeyHierarchy.TEST_MASTER),
                new Clocks(clock, clock));
    }
}
