package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The general purpose pins (AT reference, section 3.8), by their numbers on a SARA-R5. Nothing is connected to them: an
 * output reads back its level, an input is low.
 */
public final class PinCommands {

    private static final int GPIO_1 = 16;
    private static final int GPIO_6 = 19;
    private static final int GPIO_2 = 23;
    private static final int GPIO_3 = 24;
    private static final int GPIO_4 = 25;
    private static final int GPIO_5 = 42;
    private static final int[] PINS = {GPIO_1, GPIO_6, GPIO_2, GPIO_3, GPIO_4, GPIO_5};
    private static final int OUTPUT = 0;
    private static final int INPUT = 1;
    private static final int DISABLED = 255;

    private final Settings settings;
    private final Map<Integer, Integer> levels = new HashMap<>();

    /** Keeps the modes of the pins among these settings. */
    public PinCommands(Settings settings) {
        this.settings = settings;
    }

    @AtCommand("+UGPIOC=")
    Answer configure(
            @OneOf({GPIO_1, GPIO_6, GPIO_2, GPIO_3, GPIO_4, GPIO_5}) int pin,
            @Range(to = DISABLED) int mode,
            @Range(to = 2) @Nullable Integer level) {
        SortedMap<Integer, List<String>> modes = settings.table(Setting.UGPIOC);
        modes.put(pin, List.of(String.valueOf(mode)));
        Answer answer = settings.store(Setting.UGPIOC, modes);
        if (mode == OUTPUT && answer instanceof Answer.Done) {
            levels.put(pin, level == null ? 0 : level);
        }
        return answer;
    }

    @AtCommand("+UGPIOC?")
    Answer modes() {
        return Answer.of(Stream.concat(
                        Stream.of("+UGPIOC:"), Arrays.stream(PINS).mapToObj(pin -> pin + "," + mode(pin)))
                .toArray(String[]::new));
    }

    @AtCommand("+UGPIOW=")
    Answer write(@OneOf({GPIO_1, GPIO_6, GPIO_2, GPIO_3, GPIO_4, GPIO_5}) int pin, @OneOf({0, 1}) int level) {
        if (mode(pin) != OUTPUT) {
            return Answer.error(AtError.OPERATION_NOT_ALLOWED);
        }
        levels.put(pin, level);
        return Answer.OK;
    }

    @AtCommand("+UGPIOR=")
    Answer read(@OneOf({GPIO_1, GPIO_6, GPIO_2, GPIO_3, GPIO_4, GPIO_5}) int pin) {
        return switch (mode(pin)) {
            case OUTPUT, INPUT -> Answer.of("+UGPIOR: " + pin + "," + level(pin));
            default -> Answer.error(AtError.OPERATION_NOT_ALLOWED);
        };
    }

    private int level(int pin) {
        return mode(pin) == OUTPUT ? levels.getOrDefault(pin, 0) : 0;
    }

    private int mode(int pin) {
        List<String> configured = settings.table(Setting.UGPIOC).get(pin);
        return configured == null ? DISABLED : Integer.parseInt(configured.getFirst());
    }
}
