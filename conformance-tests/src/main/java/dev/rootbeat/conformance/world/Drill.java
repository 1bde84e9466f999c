package dev.rootbeat.conformance.world;

import dev.rootbeat.conformance.world.Course.Timed;
import dev.rootbeat.conformance.world.Deed.Wish;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.sim.Leg;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens to the first devices of a fleet on its first day, so that in every life everything happens once that the
 * promises are about: chance alone would rarely bring some of it.
 */
final class Drill {

    /** How many devices take part; in a smaller fleet the last one plays several. */
    static final int DEVICES = 4;

    /** The device that is not on the whitelist of its profile. */
    static final int UNLISTED = 3;

    /** It is over by then, and everything settled; the device that was deleted gets another certificate then. */
    static final Duration END = Duration.ofHours(12);

    /** The guard interval, and a little more. */
    private static final Duration PAUSE = Duration.ofSeconds(330);

    private static final Duration MOMENT = Duration.ofSeconds(10);
    private static final Duration LONG_LIFE = Duration.ofDays(3650);
    private static final Duration SHORT_LIFE = Duration.ofDays(20);
    private static final Duration A_DAY = Duration.ofDays(1);

    /** More than a domain may have. */
    private static final int MANY_ROOT_CAS = 16;

    private final int devices;
    private final SplittableRandom random;
    private final List<Timed> deeds = new ArrayList<>();
    private Duration now;

    private Drill(int devices, SplittableRandom random, Duration start) {
        this.devices = devices;
        this.random = random;
        this.now = start;
    }

    /**
     * Returns its deeds.
     *
     * @param random decides where in a write the power fails
     * @param start when it begins
     */
    static List<Timed> draw(int devices, SplittableRandom random, Duration start) {
        var drill = new Drill(devices, random, start);
        drill.whitelist();
        drill.floods();
        drill.operations();
        drill.losses();
        drill.flaws();
        drill.refusals();
        drill.rootCas();
        drill.pretender();
        drill.deeds.add(new Timed(END.plus(MOMENT), new Deed.Ask(Wish.PROVISION, drill.place(0))));
        if (drill.now.compareTo(END) > 0) {
            throw new IllegalStateException("the drill takes " + drill.now);
        }
        return drill.deeds;
    }

    private void whitelist() {
        ask(Wish.RENEW, UNLISTED);
        then(new Deed.Clear(place(UNLISTED)));
        beat(UNLISTED);
    }

    /** Heartbeats that come too early, by a host and after a reboot that makes the module forget, and one that does not. */
    private void floods() {
        then(new Deed.Beat(place(0)));
        pass(Duration.ofSeconds(260));
        then(new Deed.Beat(place(0)));
        pass(MOMENT);
        reboot(0);
        then(new Deed.Beat(place(0)));
        pass(Duration.ofSeconds(70));
        reboot(0);
        beat(0);
    }

    private void operations() {
        ask(Wish.RENEW, 0, 1);
        beat(0, 1);
        ask(Wish.UPDATE, 1, 2);
        ask(Wish.RENEW, 2);
        beat(1, 2);
        beat(1, 2);
        ask(Wish.TRANSFER, 0);
        beat(0);
        ask(Wish.HAND_OVER, UNLISTED);
        ask(Wish.HAND_OVER_UNASKED, 2);
        beat(2, UNLISTED);
    }

    private void losses() {
        // A reply is lost: the certificate waits, and is sent again.
        ask(Wish.RENEW, 1);
        then(new Deed.Lose(place(1), Leg.REPLY));
        beat(1);
        beat(1);
        // A certificate that waits is revoked with the one in use.
        ask(Wish.RENEW, 1);
        then(new Deed.Lose(place(1), Leg.REPLY));
        then(new Deed.Beat(place(1)));
        pass(MOMENT);
        ask(Wish.REVOKE, 1);
        ask(Wish.RENEW, 1);
        beat(1);
        ask(Wish.UPDATE, 1);
        then(new Deed.DisturbReceivers(Receivers.Fault.DOWN, Duration.ofHours(1)));
        beat(1);
        beat(1);
        for (int i = 0; i < 3; i++) {
            ask(Wish.RENEW, 2);
            then(new Deed.CutPower(place(2), random.nextInt(100, 1500)));
            pass(PAUSE);
        }
        // The server dies within the guard interval.
        beat(0);
        then(new Deed.Beat(place(0)));
        then(new Deed.KillServer(Duration.ofMinutes(1)));
        pass(Duration.ofMinutes(2));
        reboot(0);
        beat(0);
    }

    /** What comes is none of ours. */
    private void flaws() {
        for (String flaw : List.of("wrong-key", "wrong-issuer", "expired")) {
            then(new Deed.Misissue(flaw, PAUSE.minus(MOMENT)));
            ask(Wish.RENEW, 0);
            beat(0);
            beat(0);
        }
    }

    private void refusals() {
        then(new Deed.Choose(Plan.NONE, place(2)));
        ask(Wish.RENEW, 2);
        beat(2);
        then(new Deed.Choose(Plan.DEVELOPER, place(2)));
        then(new Deed.Choose(Plan.DEVELOPER, place(1)));
        ask(Wish.DELETE, 0);
        beat(0);
    }

    private void rootCas() {
        then(new Deed.AddRootCa(SHORT_LIFE));
        ask(Wish.TRANSFER_TO_LATEST, 2);
        beat(2);
        ask(Wish.RENEW, 2);
        beat(2);
        ask(Wish.TRANSFER, 2);
        beat(2);
        then(new Deed.AddRootCa(LONG_LIFE));
        ask(Wish.TRANSFER_TO_LATEST, 1);
        beat(1);
        then(new Deed.RetireRootCa());
        ask(Wish.RENEW, 1);
        beat(1);
        ask(Wish.TRANSFER, 1);
        for (int i = 0; i < MANY_ROOT_CAS; i++) {
            then(new Deed.AddRootCa(A_DAY)); // so that they do not need revocation lists for years
        }
        beat(1, 2);
    }

    private void pretender() {
        pass(PAUSE); // heartbeats that came by themselves are over
        then(new Deed.Pretend(place(2)));
        pass(PAUSE);
        ask(Wish.RENEW, 2);
        beat(2);
        then(new Deed.Clear(place(2)));
        beat(2);
    }

    private int place(int device) {
        return Math.min(device, devices - 1);
    }

    private void then(Deed deed) {
        deeds.add(new Timed(now, deed));
    }

    private void pass(Duration span) {
        now = now.plus(span);
    }

    private void ask(Wish wish, int... which) {
        for (int device : which) {
            then(new Deed.Ask(wish, place(device)));
        }
    }

    /** A heartbeat of each device, and the guard interval passes. */
    private void beat(int... which) {
        for (int device : which) {
            then(new Deed.Beat(place(device)));
        }
        pass(PAUSE);
    }

    private void reboot(int device) {
        then(new Deed.SwitchOff(place(device), Duration.ofSeconds(1)));
        pass(MOMENT);
    }
}
