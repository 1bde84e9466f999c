package dev.rootbeat.module.at;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a module talks to a host: what a host sets for its own session, {@code AT&W} keeps and {@code AT&F} and
 * {@code ATZ} bring back (AT reference, section 3.8; ITU-T V.250, section 6).
 */
public final class Profile {

    /** What can be set, in the order of {@code AT&V}. */
    public enum Parameter {
        /** Circuit 109: on always, or with a connection. */
        CARRIER("&C", 1),
        /** What a change of circuit 108 does. */
        TERMINAL_READY("&D", 1),
        /** Flow control: none, or by circuits 105 and 106. */
        FLOW_CONTROL("&K", 3),
        /** Circuit 107. */
        DATA_SET_READY("&S", 1),
        /** Whether what the host types is sent back. */
        ECHO("E", 1),
        /** Whether final results are suppressed. */
        QUIET("Q", 0),
        /** Whether results are words, or numbers. */
        VERBOSE("V", 1),
        /** Which results of a call are shown. */
        CALL_RESULTS("X", 4),
        /** Rings before an answer. */
        RINGS("S0", 0),
        /** The escape character. */
        ESCAPE("S2", 43),
        /** The character that ends a line. */
        LINE_END("S3", 13),
        /** The character that frames results together with the line's end. */
        LINE_FEED("S4", 10),
        /** The character that takes one back. */
        BACKSPACE("S5", 8),
        /** Seconds to wait for a connection. */
        COMPLETION("S7", 60),
        /** Bits of a character and its stop bits; 3 is 8 data bits and 1 stop bit. */
        FRAMING("+ICF", 3),
        /** The parity of a character, where there is one. */
        PARITY("", 1),
        /** Bits in a second; 0 to find out. */
        BIT_RATE("+IPR", 0),
        /** How the UART saves power. */
        POWER_SAVING("+UPSV", 0),
        /** When it begins to, in frames of 4.615 ms. */
        POWER_SAVING_DELAY("", 2000);

        private final String spelling;
        private final int factory;

        Parameter(String spelling, int factory) {
            this.spelling = spelling;
            this.factory = factory;
        }

        /** The command that sets it; empty where it is the second parameter of the command before. */
        public String spelling() {
            return spelling;
        }
    }

    private static final String SEPARATOR = ";";
    private static final String EQUALS = "=";

    private final Map<Parameter, Integer> values = new EnumMap<>(Parameter.class);

    /** Makes the profile of a new module. */
    public Profile() {}

    /** Returns the value of a parameter. */
    public int get(Parameter parameter) {
        return values.getOrDefault(parameter, parameter.factory);
    }

    /** Whether a parameter that is a switch is on. */
    public boolean isOn(Parameter parameter) {
        return get(parameter) != 0;
    }

    /** Changes a parameter; the commands check its range. */
    public void set(Parameter parameter, int value) {
        values.put(parameter, value);
    }

    /** Goes back to what a new module has. */
    public void reset() {
        values.clear();
    }

    /** Takes over the values of a stored text. What it does not name, or is unknown, is as in a new module. */
    public void load(String text) {
        reset();
        Map<String, Parameter> byName =
                Arrays.stream(Parameter.values()).collect(Collectors.toMap(Parameter::name, parameter -> parameter));
        for (String entry : text.split(SEPARATOR, -1)) {
            String[] parts = entry.split(EQUALS, -1);
            Parameter parameter = byName.get(parts[0]);
            if (parameter != null) {
                set(parameter, Integer.parseInt(parts[1]));
            }
        }
    }

    /** What differs from a new module, as a text to store; empty if nothing does. */
    public String text() {
        return Arrays.stream(Parameter.values())
                .filter(parameter -> get(parameter) != parameter.factory)
                .map(parameter -> parameter.name() + EQUALS + get(parameter))
                .collect(Collectors.joining(SEPARATOR));
    }
}
