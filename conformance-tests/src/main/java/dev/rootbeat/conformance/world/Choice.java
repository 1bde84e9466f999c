package dev.rootbeat.conformance.world;

import dev.rootbeat.conformance.world.Deed.Wish;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.sim.Leg;
import dev.rootbeat.sim.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What can happen at one point of a small history; the first choice everywhere is that nothing does. */
public sealed interface Choice {

    /** Longer than a device waits for an answer: what is held arrives after the same was sent again. */
    Duration HELD = Duration.ofSeconds(90);

    /** Shorter than a message takes. */
    Duration SOON = Duration.ofMillis(50);

    /** When all that an answer brings is done. */
    Duration AFTERWARDS = Duration.ofSeconds(1);

    /** The server comes back before a device gives up. */
    Duration DOWN = Duration.ofSeconds(30);

    /** In the first record that is written, in a later one if there is one, near the end of a certificate's. */
    List<Integer> STEPS = List.of(20, 200, 800);

    /** Nothing happens. */
    record Nothing() implements Choice {}

    /** The operator asks for something before a message reaches the server. */
    record Ask(Wish wish) implements Choice {}

    /** A message is lost. */
    record Lose(Leg leg) implements Choice {}

    /** A message arrives twice. */
    record Repeat(Leg leg) implements Choice {}

    /** A message arrives long after its time. */
    record Hold(Leg leg) implements Choice {}

    /** The server dies before the message arrives, and starts again before the device gives up. */
    record KillServer(Leg leg) implements Choice {}

    /** The device has no power when the answer arrives. */
    record CutBefore(Leg leg) implements Choice {}

    /** The power fails while the device stores what the answer brings, so many steps into it. */
    record CutWithin(Leg leg, int steps) implements Choice {}

    /** The device is switched off and on when all that the answer brings is done. */
    record Reboot(Leg leg) implements Choice {}

    /**
     * What can happen to a message that is about to go on its way. An answer that comes twice finds nobody waiting the
     * second time; to lose power while a request is on its way is the same as to lose it before its answer arrives.
     */
    static List<Choice> faults(Packet packet) {
        var choices = new ArrayList<Choice>(List.of(new Nothing(), new Lose(packet.leg())));
        Response answer = packet.response();
        if (answer == null) {
            choices.addAll(List.of(new Repeat(packet.leg()), new KillServer(packet.leg())));
        } else {
            choices.addAll(List.of(new CutBefore(packet.leg()), new Reboot(packet.leg())));
            if (answer.code() == Response.Code.CHANGED) {
                for (int steps : STEPS) {
                    choices.add(new CutWithin(packet.leg(), steps));
                }
            }
        }
        choices.add(new Hold(packet.leg()));
        return choices;
    }

    /** The choice in words. */
    default String words() {
        return switch (this) {
            case Nothing _ -> "nothing happens";
            case Ask(Wish wish) -> "the operator asks for " + wish;
            case Lose(Leg leg) -> name(leg) + " is lost";
            case Repeat(Leg leg) -> name(leg) + " arrives twice";
            case Hold(Leg leg) -> name(leg) + " is held up for " + HELD.toSeconds() + " s";
            case KillServer(Leg leg) ->
                "the server dies before " + name(leg) + " arrives, and starts again after " + DOWN.toSeconds() + " s";
            case CutBefore(Leg leg) -> "the power of the device fails before " + name(leg) + " arrives";
            case CutWithin(Leg leg, int steps) ->
                "the power of the device fails while it stores what " + name(leg) + " brings, after " + steps
                        + " steps";
            case Reboot(Leg leg) -> "the device is switched off and on after it has got " + name(leg);
        };
    }

    private static String name(Leg leg) {
        return switch (leg) {
            case HEARTBEAT -> "the heartbeat";
            case REPLY -> "the reply";
            case RESULTS -> "the message of results";
            case ACKNOWLEDGEMENT -> "the answer to results";
        };
    }
}
