package dev.rootbeat.server.fault;

import dev.rootbeat.options.DurationConverter;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.fault.Harm.Flaw;
import dev.rootbeat.server.fault.Harm.Message;
import dev.rootbeat.server.fault.Harm.Moment;
import dev.rootbeat.server.fault.Harm.Outage;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** Reads the text of a fault, word by word. */
final class FaultText {

    /** More digits than any number of a fault has. */
    private static final String NUMBER = "[0-9]{1,9}";

    /** A day; who waits longer sees no difference. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final List<String> words;
    private int read;

    FaultText(String text) {
        if (text.length() > Fault.MAX_TEXT) {
            throw new IllegalArgumentException("a fault has at most " + Fault.MAX_TEXT + " characters");
        }
        words = Arrays.asList(text.strip().split("\\s+", -1));
    }

    Fault read() {
        Often often = often();
        RotPublicUid device = device();
        var fault = new Fault(often, device, harm());
        if (read < words.size()) {
            next();
            throw wrong("is too much");
        }
        return fault;
    }

    private Often often() {
        String first = peek();
        if (first.equals("once")) {
            next();
            return new Often.Times(1);
        }
        if (first.equals("number")) {
            next();
            int number = number();
            return checked(() -> new Often.Nth(number));
        }
        if (!first.matches(NUMBER) || read + 1 == words.size()) {
            return new Often.Always();
        }
        return switch (words.get(read + 1)) {
            case "times" -> {
                int times = number();
                next();
                yield checked(() -> new Often.Times(times));
            }
            case "in" -> {
                if (number() != 1) {
                    throw wrong("is not 1: a chance is 1 in so many");
                }
                next();
                int occasions = number();
                yield checked(() -> new Often.OneIn(occasions));
            }
            default -> new Often.Always();
        };
    }

    private @Nullable RotPublicUid device() {
        return peek().matches("[0-9a-f]{16}") ? RotPublicUid.parse(next()) : null;
    }

    private Harm harm() {
        return switch (next()) {
            case "heartbeat" -> new Harm.OnMessage(Message.HEARTBEAT, trouble());
            case "results" -> new Harm.OnMessage(Message.RESULTS, trouble());
            case "certificate" -> new Harm.BadCertificate(oneOf(Flaw.values()));
            case "crl" -> {
                expect("stale");
                yield new Harm.StaleLists();
            }
            case "store" -> {
                expect("slow");
                yield new Harm.SlowStore(duration());
            }
            case "webhook" -> {
                expect("down");
                yield new Harm.ReceiversDown();
            }
            case "platform" -> new Harm.PlatformOut(oneOf(Outage.values()));
            case "crash" -> crash();
            default ->
                throw wrong("is none of heartbeat, results, certificate, crl, store, webhook, platform and crash");
        };
    }

    private Trouble trouble() {
        return switch (next()) {
            case "reject" -> new Trouble.Reject();
            case "4.29" -> new Trouble.TooMany(wholeSeconds());
            case "5.03" -> new Trouble.Unavailable(wholeSeconds());
            case "lose-request" -> new Trouble.LoseRequest();
            case "lose-reply" -> new Trouble.LoseReply();
            case "delay" -> new Trouble.Delay(duration());
            case "garble" -> new Trouble.Garble();
            default ->
                throw wrong("is none of reject, 4.29 DURATION, 5.03 DURATION, lose-request, lose-reply,"
                        + " delay DURATION and garble");
        };
    }

    private Harm crash() {
        Moment moment = oneOf(Moment.values());
        String change = next();
        if (!Changes.KINDS.contains(change)) {
            throw wrong("is no kind of change; there are " + String.join(", ", Changes.KINDS));
        }
        return new Harm.Crash(moment, change);
    }

    private <E extends Enum<E>> E oneOf(E[] constants) {
        String word = next();
        return Arrays.stream(constants)
                .filter(constant -> constant.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> wrong("is none of " + Arrays.toString(constants)));
    }

    private Duration duration() {
        String word = next();
        Duration duration = checked(() -> new DurationConverter().convert(word));
        if (duration.compareTo(LONGEST) > 0) {
            throw wrong("is longer than a day");
        }
        return duration;
    }

    /** Max-Age has no finer unit. */
    private Duration wholeSeconds() {
        Duration duration = duration();
        if (!duration.truncatedTo(ChronoUnit.SECONDS).equals(duration)) {
            throw wrong("is no whole number of seconds");
        }
        return duration;
    }

    private int number() {
        String word = next();
        if (!word.matches(NUMBER)) {
            throw wrong("is no number of up to nine digits");
        }
        return Integer.parseInt(word);
    }

    private void expect(String expected) {
        if (!next().equals(expected)) {
            throw wrong("is not " + expected);
        }
    }

    private String peek() {
        return read < words.size() ? words.get(read) : "";
    }

    private String next() {
        String word = peek();
        read++;
        return word;
    }

    private <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException | TypeConversionException e) {
            throw wrong("does not fit: " + e.getMessage());
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(
                read > words.size()
                        ? "the fault ends too early: word " + read + " is missing, and " + what
                        : "word " + read + " of the fault, \"" + words.get(read - 1) + "\", " + what);
    }
}
