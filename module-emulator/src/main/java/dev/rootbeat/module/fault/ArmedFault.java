package dev.rootbeat.module.fault;

import dev.rootbeat.module.fault.Fault.Damage;
import dev.rootbeat.module.fault.Fault.Way;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A fault with what has become of it so far. */
final class ArmedFault {

    private final Fault fault;
    private final Span span;
    private final RandomGenerator random;
    /** How many times more; of no meaning where times are not counted. */
    private int left;

    ArmedFault(Fault fault) {
        this.fault = fault;
        this.span = fault instanceof Fault.OnCommand onCommand ? onCommand.span() : new Span.ForGood();
        this.random = new SplittableRandom(fault instanceof Fault.Noise noise ? noise.seed() : 0);
        this.left = times();
    }

    private int times() {
        return span instanceof Span.Times times ? times.times() : 0;
    }

    Fault fault() {
        return fault;
    }

    /** Whether it will not happen again. */
    boolean isOver() {
        return left == 0 && span instanceof Span.Times times && !times.aBoot();
    }

    boolean isEndedBy(String command) {
        return span instanceof Span.Until(Commands end) && end.include(command);
    }

    void boot() {
        if (span instanceof Span.Times times && times.aBoot()) {
            left = times.times();
        }
    }

    /** Lets it happen to a command, if it is one to which it happens. */
    Optional<Effect> happenTo(String command) {
        return switch (fault) {
            case Fault.OnCommand onCommand
            when onCommand.commands().include(command) && count() -> Optional.of(onCommand.effect());
            case Fault.OnCommand _, Fault.Noise _, Fault.StorageFull _ -> Optional.empty();
        };
    }

    private boolean count() {
        return switch (span) {
            case Span.ForGood _, Span.Until _ -> true;
            case Span.Times _ -> left > 0 && left-- > 0;
        };
    }

    /** Lets it happen to octets that go over the line. */
    byte[] carry(Way way, byte[] octets) {
        return switch (fault) {
            case Fault.Noise noise when noise.way() == way -> hit(noise, octets);
            case Fault.Noise _, Fault.OnCommand _, Fault.StorageFull _ -> octets;
        };
    }

    private byte[] hit(Fault.Noise noise, byte[] octets) {
        byte[] after = new byte[octets.length];
        int size = 0;
        for (byte octet : octets) {
            boolean hit = random.nextInt(noise.oneIn()) == 0;
            if (!hit) {
                after[size++] = octet;
            } else if (noise.damage() == Damage.GARBLE) {
                after[size++] = (byte) (octet ^ 1 << random.nextInt(Byte.SIZE));
            }
        }
        return Arrays.copyOf(after, size);
    }
}
