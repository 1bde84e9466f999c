package dev.rootbeat.module.mqtt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rootbeat.module.network.Dialer;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How the client logs in ({@code AT+UMQTT}; AT reference, section 4.3). Text holds one octet a character. */
public final class MqttProfile {

    private static final int PLAIN_PORT = 1883;
    private static final int SECURE_PORT = 8883;

    /** What can be set, with what a new profile has. */
    public enum Parameter {
        /** Who the client is; if empty, the module's IMEI. */
        CLIENT_ID(""),
        /** The name of the broker. */
        HOST(""),
        /** The address of the broker, in place of a name. */
        ADDRESS(""),
        /** Its port; if 0, the usual one. */
        PORT("0"),
        /** The user, if not empty. */
        USER(""),
        /** The user's password, if not empty. */
        PASSWORD(""),
        /** The quality of service of the will, 0 to 2. */
        WILL_QOS("0"),
        /** 1 if the broker keeps the will. */
        WILL_RETAIN("0"),
        /** The topic of the will; if empty, there is none. */
        WILL_TOPIC(""),
        /** What the broker publishes when the client is lost. */
        WILL_MESSAGE(""),
        /** After how many seconds without a packet a connection ends; 0 for never. */
        TIMEOUT("0"),
        /** 1 if TLS is used. */
        SECURE("0"),
        /** The number of the TLS profile. */
        TLS_PROFILE("0"),
        /** 1 if the broker is to forget what it knows of the client. */
        CLEAN_SESSION("1");

        private final String factory;

        Parameter(String factory) {
            this.factory = factory;
        }
    }

    private final Map<Parameter, String> values = new EnumMap<>(Parameter.class);

    /** Returns what is set. */
    public String get(Parameter what) {
        return values.getOrDefault(what, what.factory);
    }

    /** Returns what is set as a number. */
    public int number(Parameter what) {
        return Integer.parseInt(get(what));
    }

    /** Whether something is switched on. */
    boolean is(Parameter what) {
        return number(what) == 1;
    }

    /** Sets a value; the command checks it. */
    public void set(Parameter what, String value) {
        values.put(what, value);
    }

    /** Returns the broker; its host is empty if none is set. */
    Dialer.Server broker() {
        String host = get(Parameter.ADDRESS).isEmpty() ? get(Parameter.HOST) : get(Parameter.ADDRESS);
        boolean secure = is(Parameter.SECURE);
        int port = number(Parameter.PORT);
        return new Dialer.Server(
                host,
                port > 0 ? port : secure ? SECURE_PORT : PLAIN_PORT,
                secure ? Integer.valueOf(number(Parameter.TLS_PROFILE)) : null);
    }

    /** Makes it a new profile. */
    public void reset() {
        values.clear();
    }

    /** Writes what is set as lines of a name and hexadecimal digits. */
    public String write() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + " "
                        + HexFormat.of().formatHex(entry.getValue().getBytes(ISO_8859_1)))
                .collect(Collectors.joining("\n"));
    }

    /** Takes what was written in place of what is set. */
    public void read(String written) {
        values.clear();
        written.lines().forEach(line -> {
            String[] parts = line.split(" ", 2);
            values.put(
                    Parameter.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                    new String(HexFormat.of().parseHex(parts[1]), ISO_8859_1));
        });
    }

    /** Shows nothing: there is a password in it. */
    @Override
    public String toString() {
        return "MqttProfile";
    }
}
