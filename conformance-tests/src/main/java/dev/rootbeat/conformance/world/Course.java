package dev.rootbeat.conformance.world;

import dev.rootbeat.conformance.world.Deed.Wish;
import dev.rootbeat.server.model.Plan;
import dev.rootbeat.sim.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What happens to a world in the course of a time: drawn from a profile and a seed, and nothing but a list then, of which
 * a part can be lived through as well as the whole.
 *
 * @param weather how the network treats messages
 * @param span how long it takes
 * @param calm how long the weather is calm in the beginning, and every host keeps its device on
 * @param unlisted the devices that are not on the whitelist of their profile, which checks it, in ascending order
 * @param shortDays the devices whose hosts switch them on for ten minutes a day, in ascending order
 * @param deeds what is done when, in this order
 */
public record Course(
        Weather weather,
        Duration span,
        Duration calm,
        List<Integer> unlisted,
        List<Integer> shortDays,
        List<Timed> deeds) {

    /** What provisioning may take. */
    static final Duration BEGINNING = Duration.ofHours(1);

    private static final double YEAR_SECONDS = 365 * 86_400.0;

    /** A storage write of one operation has about so many steps, so that cuts fall anywhere in it. */
    private static final int MOST_STEPS = 2_500;

    /** How often each wish comes, of a hundred. */
    private static final List<Wish> WISHES = wishes();

    /**
     * A deed at its time.
     *
     * @param at since the beginning
     */
    public record Timed(Duration at, Deed deed) {}

    /** Copies the lists. */
    public Course {
        unlisted = List.copyOf(unlisted);
        shortDays = List.copyOf(shortDays);
        deeds = List.copyOf(deeds);
    }

    /** Draws what happens to a number of devices. */
    public static Course draw(FaultProfile profile, long seed, int devices, Duration span) {
        var random = new SplittableRandom(seed ^ 0x636f75727365L);
        boolean hasDrill = profile.drill() && span.compareTo(Drill.END) > 0;
        Duration calm = hasDrill ? Drill.END : BEGINNING;
        var deeds = new ArrayList<Timed>();
        var often = new Often(random, calm, span, deeds);
        SplittableRandom drawn = random.split();
        if (hasDrill) {
            deeds.addAll(Drill.draw(devices, drawn.split(), BEGINNING));
        }
        often.perYear(profile.wishes() * devices, () -> wish(drawn, drawn.nextInt(devices)));
        often.perYear(
                profile.powerCuts() * devices,
                () -> new Deed.CutPower(drawn.nextInt(devices), drawn.nextInt(MOST_STEPS)));
        often.perYear(profile.offTimes() * devices, () -> new Deed.SwitchOff(drawn.nextInt(devices), hours(drawn, 48)));
        often.perYear(profile.outages() * devices, () -> new Deed.Disconnect(drawn.nextInt(devices), hours(drawn, 48)));
        often.perYear(profile.clockSteps() * devices, () -> new Deed.SetClock(drawn.nextInt(devices), step(drawn)));
        often.perYear(profile.serverDeaths(), () -> new Deed.KillServer(Duration.ofMinutes(drawn.nextInt(1, 90))));
        // The numbers of revocation lists come from the time: on an old backup and with a clock that was set back they
        // cannot grow.
        often.perYear(
                profile.serverClockSteps(),
                () -> new Deed.SetServerClock(
                        profile.restores() > 0 ? step(drawn).abs() : step(drawn)));
        often.perYear(profile.restores() * 2, Deed.BackUp::new);
        often.perYear(profile.restores(), Deed.Restore::new);
        often.perYear(
                profile.platformOutages(),
                () -> new Deed.DisturbPlatform(one(SimulatedPlatform.Fault.values(), drawn), hours(drawn, 24)));
        often.perYear(
                profile.receiverOutages(),
                () -> new Deed.DisturbReceivers(one(Receivers.Fault.values(), drawn), hours(drawn, 24)));
        often.perYear(profile.wakeUps(), () -> new Deed.WakeUpAll(hours(drawn, 12)));
        deeds.sort(Comparator.comparing(Timed::at));
        var shortDays = new ArrayList<Integer>();
        for (int device = 0; device < devices; device++) {
            if (random.nextDouble() < profile.shortDays()) {
                shortDays.add(device);
            }
        }
        List<Integer> unlisted = hasDrill && devices >= Drill.DEVICES ? List.of(Drill.UNLISTED) : List.of();
        return new Course(profile.weather(), span, calm, unlisted, shortDays, deeds);
    }

    /** Returns the part of it that some deeds are. */
    public Course only(Predicate<Timed> wanted) {
        return with(weather, span, shortDays, deeds.stream().filter(wanted).toList());
    }

    /** Returns the same course in other weather, and with hosts that keep these devices on for ten minutes a day alone. */
    public Course in(Weather newWeather, List<Integer> newShortDays) {
        return with(newWeather, span, newShortDays, deeds);
    }

    /** Returns the beginning of it. */
    public Course upTo(Duration end) {
        return with(
                weather,
                end.compareTo(span) < 0 ? end : span,
                shortDays,
                deeds.stream().filter(timed -> timed.at().compareTo(end) <= 0).toList());
    }

    private Course with(Weather newWeather, Duration newSpan, List<Integer> newShortDays, List<Timed> newDeeds) {
        return new Course(newWeather, newSpan, calm, unlisted, newShortDays, newDeeds);
    }

    /** Returns this course up to a time, and another one from then on, in the same weather. */
    public Course then(Duration from, Course other) {
        var both = new ArrayList<>(upTo(from).deeds);
        other.deeds.stream().filter(timed -> timed.at().compareTo(from) > 0).forEach(both::add);
        return with(weather, span, shortDays, both);
    }

    /** Draws instants at which something happens, independently of each other. */
    private record Often(SplittableRandom random, Duration start, Duration span, List<Timed> deeds) {

        void perYear(double rate, Supplier<Deed> deed) {
            SplittableRandom instants = random.split();
            if (rate <= 0) {
                return;
            }
            double second = start.toSeconds();
            while (true) {
                second += -StrictMath.log(1 - instants.nextDouble()) * YEAR_SECONDS / rate;
                if (second >= span.toSeconds()) {
                    return;
                }
                deeds.add(new Timed(Duration.ofMillis((long) (second * 1000)), deed.get()));
            }
        }
    }

    private static Deed wish(SplittableRandom random, int device) {
        int place = random.nextInt(100);
        if (place < WISHES.size()) {
            return new Deed.Ask(WISHES.get(place), device);
        }
        return place % 2 == 0 ? new Deed.Clear(device) : new Deed.Choose(one(Plan.values(), random), device);
    }

    private static List<Wish> wishes() {
        var wishes = new ArrayList<Wish>();
        for (Wish wish : Wish.values()) {
            int often = switch (wish) {
                case RENEW -> 34;
                case UPDATE -> 25;
                case TRANSFER -> 12;
                case HAND_OVER -> 6;
                case REVOKE -> 4;
                case DELETE -> 3;
                case PROVISION -> 4;
                case HAND_OVER_UNASKED, TRANSFER_TO_LATEST -> 1;
            };
            for (int i = 0; i < often; i++) {
                wishes.add(wish);
            }
        }
        return List.copyOf(wishes);
    }

    private static Duration hours(SplittableRandom random, int most) {
        return Duration.ofMinutes(random.nextInt(5, most * 60));
    }

    /** Some minutes to some hours, forward or back. */
    private static Duration step(SplittableRandom random) {
        return Duration.ofMinutes(random.nextInt(-6 * 60, 6 * 60));
    }

    private static <T> T one(T[] values, SplittableRandom random) {
        return values[random.nextInt(values.length)];
    }
}
