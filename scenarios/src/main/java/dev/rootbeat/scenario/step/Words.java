package dev.rootbeat.scenario.step;

import dev.rootbeat.module.Product;
import dev.rootbeat.rot.Credential;
import dev.rootbeat.scenario.testbed.Testbed;
import dev.rootbeat.sim.Leg;
import io.cucumber.java.ParameterType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the words in braces stand for. */
public final class Words {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Script script;

    /** Made for each scenario. */
    public Words(Script script) {
        this.script = script;
    }

    /** Modules: {@code the device}, {@code every device}, {@code device 2} or {@code devices 2 to 5}; the first is 1. */
    @ParameterType("the device|every device|device \\d+|devices \\d+ to \\d+")
    public Cast devices(String words) {
        List<Integer> numbers = NUMBER.matcher(words)
                .results()
                .map(found -> Integer.valueOf(found.group()))
                .toList();
        int all = script.testbed().units().size();
        int first = numbers.isEmpty() ? 1 : numbers.getFirst();
        int last = numbers.isEmpty() ? all : numbers.getLast();
        if (first < 1 || last > all || first > last || (words.equals("the device") && all != 1)) {
            throw new AssertionError(words + ": the scenario has " + all + " devices by now");
        }
        return new Cast(script.testbed().units().subList(first - 1, last));
    }

    /** A span of time such as {@code 5 minutes} or {@code 1 day}; a year has 365 days. */
    @ParameterType("\\d+ (?:second|minute|hour|day|week|year)s?")
    public Duration duration(String words) {
        Matcher number = NUMBER.matcher(words);
        if (!number.lookingAt()) {
            throw new IllegalArgumentException(words);
        }
        long count = Long.parseLong(number.group());
        String unit = words.substring(number.end() + 1);
        return switch (unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit) {
            case "second" -> Duration.ofSeconds(count);
            case "minute" -> Duration.ofMinutes(count);
            case "hour" -> Duration.ofHours(count);
            case "day" -> Duration.ofDays(count);
            case "week" -> Duration.ofDays(7 * count);
            default -> Duration.ofDays(365 * count);
        };
    }

    /** A type number such as {@code SARA-R510S-01B-00}. */
    @ParameterType("(?:SARA|ALEX)-R5[0-9A-Z]+-[0-9A-Z]+-[0-9]+")
    public Product product(String typeNumber) {
        return Product.of(typeNumber);
    }

    /** What an operator orders for certificates. */
    @ParameterType("renewal|update|delete")
    public String operation(String word) {
        return word.equals("renewal") ? "renew" : word;
    }

    /** Whose operator: {@code the operator} of the first domain, or {@code the other operator}. */
    @ParameterType("the operator|the other operator")
    public String operator(String words) {
        return words.equals("the operator") ? Testbed.HOME : Testbed.OTHER;
    }

    /** A message of the secure channel: heartbeat, reply, results, acknowledgement. */
    @ParameterType("heartbeat|reply|results|acknowledgement")
    public Leg message(String word) {
        return Leg.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** A credential by its serial number, in failures. */
    static String name(Credential credential) {
        return "certificate " + credential.chain().getFirst().sha256().hex().substring(0, 12);
    }
}
