package dev.rootbeat.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a TCP or UDP port: 0 to 65535. */
public final class PortConverter implements ITypeConverter<Integer> {

    private static final int HIGHEST = 65_535;

    /** Made by picocli. */
    public PortConverter() {}

    @Override
    public Integer convert(String text) {
        // Five digits fit an int whatever they are.
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= HIGHEST) {
            return Integer.valueOf(text);
        }
        throw new TypeConversionException("a port is a whole number from 0 to " + HIGHEST + ", not \"" + text + "\"");
    }
}
