package dev.rootbeat.options;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an address as {@code HOST:PORT}, such as {@code 127.0.0.1:5684} or {@code [::1]:5684}, and looks the host up. */
public final class AddressConverter implements ITypeConverter<InetSocketAddress> {

    private static final int MAX_PORT = 65_535;
    private static final Pattern SHAPE = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^\\[\\]:]+)):([0-9]{1,5})");

    /** Made by picocli. */
    public AddressConverter() {}

    @Override
    public InetSocketAddress convert(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > MAX_PORT) {
            throw new TypeConversionException(
                    "an address is HOST:PORT, such as 127.0.0.1:5684 or [::1]:5684, not \"" + text + "\"");
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        var address = new InetSocketAddress(host, Integer.parseInt(matcher.group(3)));
        if (address.isUnresolved()) {
            throw new TypeConversionException("there is no host named \"" + host + "\"");
        }
        return address;
    }
}
