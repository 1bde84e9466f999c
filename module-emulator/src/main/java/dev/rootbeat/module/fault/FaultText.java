package dev.rootbeat.module.fault;

import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Escapes;
import dev.rootbeat.module.fault.Fault.Damage;
import dev.rootbeat.module.fault.Fault.Way;
import dev.rootbeat.options.DurationConverter;
import java.util.function.Supplier;
import picocli.CommandLine.TypeConversionException;

/** Reads the text of a fault, word by word. */
final class FaultText {

    /** More digits than any number of a fault has. */
    private static final String NUMBER = "[0-9]{1,9}";

    private final String text;
    private int begin;
    private int end;

    FaultText(String text) {
        this.text = text;
    }

    Fault read() {
        next();
        return switch (word()) {
            case "storage" -> storage();
            case "drop" -> noise(Damage.DROP);
            case "garble" -> noise(Damage.GARBLE);
            default -> onCommand();
        };
    }

    private Fault storage() {
        expect("full");
        return last(new Fault.StorageFull());
    }

    private Fault noise(Damage damage) {
        expect("1");
        expect("in");
        next();
        int oneIn = number("of how many octets one is hit");
        next();
        Way way = switch (word()) {
            case "to" -> Way.TO_HOST;
            case "from" -> Way.FROM_HOST;
            default -> throw wrong("\"" + word() + "\" is none of to and from");
        };
        expect("host");
        next();
        long seed = Fault.Noise.USUAL_SEED;
        if (word().equals("seed")) {
            next();
            seed = checked(() -> Long.parseLong(word()), "the seed is a whole number, not \"" + word() + "\"");
            next();
        }
        long drawn = seed;
        return atEnd(checked(() -> new Fault.Noise(damage, oneIn, way, drawn)));
    }

    private Fault onCommand() {
        Span span = span();
        Commands commands = checked(() -> new Commands(word()));
        next();
        return new Fault.OnCommand(span, commands, effect());
    }

    /** Reads how often; the next word is then of the commands. */
    private Span span() {
        return switch (word()) {
            case "until" -> {
                next();
                Commands end = checked(() -> new Commands(word()));
                next();
                yield new Span.Until(end);
            }
            case "once" -> {
                next();
                yield times(1);
            }
            case String word
            when word.matches("[0-9].*") -> {
                int number = number("how many times it happens");
                int times = checked(() -> new Span.Times(number, false)).times();
                expect("times");
                next();
                yield times(times);
            }
            default -> new Span.ForGood();
        };
    }

    private Span times(int times) {
        boolean aBoot = word().equals("a");
        if (aBoot) {
            expect("boot");
            next();
        }
        return new Span.Times(times, aBoot);
    }

    private Effect effect() {
        return switch (word()) {
            case "reply" -> new Effect.Reply(escaped());
            case "say" -> checked(() -> new Effect.Say(escaped()));
            case "error" -> error();
            case "delay" -> {
                next();
                yield last(checked(() -> new Effect.Delay(new DurationConverter().convert(word()))));
            }
            case "silence" -> last(new Effect.Silence());
            case "hang" -> last(new Effect.Hang());
            case "reboot" -> last(new Effect.Reboot());
            default ->
                throw wrong((word().isEmpty() ? "what happens is missing; it" : "\"" + word() + "\"")
                        + " is one of reply, say, error, delay, silence, hang and reboot");
        };
    }

    private Effect error() {
        String error = rest();
        return new Effect.Fail(AtError.of(error)
                .orElseThrow(() -> wrong("\"" + error
                        + "\" is no error that the module has; any other can be said: say +CME ERROR: " + error)));
    }

    private String escaped() {
        String rest = rest();
        return checked(() -> Escapes.unescape(rest));
    }

    /** All that is behind the present word and a space. */
    private String rest() {
        begin = Math.min(end + 1, text.length());
        end = text.length();
        return word();
    }

    private int number(String what) {
        if (!word().matches(NUMBER)) {
            throw wrong("\"" + word() + "\" is no number of up to nine digits that says " + what);
        }
        return Integer.parseInt(word());
    }

    private void expect(String expected) {
        next();
        if (!word().equals(expected)) {
            throw wrong("expected \"" + expected + "\", not \"" + word() + "\"");
        }
    }

    /** Makes sure that no word follows. */
    private <T> T last(T read) {
        next();
        return atEnd(read);
    }

    private <T> T atEnd(T read) {
        if (!word().isEmpty()) {
            throw wrong("\"" + text.substring(begin) + "\" is too much");
        }
        return read;
    }

    private <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException | TypeConversionException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private <T> T checked(Supplier<T> value, String otherwise) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw wrong(otherwise);
        }
    }

    private String word() {
        return text.substring(begin, end);
    }

    /** Goes on to the next word; spaces inside quotes are part of it. It is empty at the end. */
    private void next() {
        begin = end;
        while (begin < text.length() && text.charAt(begin) == ' ') {
            begin++;
        }
        end = begin;
        boolean quoted = false;
        while (end < text.length() && (quoted || text.charAt(end) != ' ')) {
            quoted ^= text.charAt(end) == '"';
            end++;
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("\"" + text + "\", character " + (begin + 1) + ": " + what);
    }
}
