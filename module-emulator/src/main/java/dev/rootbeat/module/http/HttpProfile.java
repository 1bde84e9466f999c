package dev.rootbeat.module.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rootbeat.module.network.Dialer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A server and how it is asked ({@code AT+UHTTP}; AT reference, section 4.3). It lasts until the power goes off, as the
 * manuals of related modules say. Text holds one octet a character.
 */
public final class HttpProfile {

    private static final int PLAIN_PORT = 80;
    private static final int SECURE_PORT = 443;

    /** A name that a header field may have (RFC 9110, section 5.1). */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** What its value may be: printable octets (RFC 9110, section 5.5). */
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    /** What a server may be called: visible characters, as more would end the field that names it (RFC 9110, section 7.2). */
    private static final Pattern SERVER = Pattern.compile("[\\x21-\\x7e]+");

    /** What can be set, with what a new profile has. */
    public enum Parameter {
        /** The address of the server, in place of a name. */
        ADDRESS(""),
        /** The name of the server. */
        HOST(""),
        /** The user. */
        USER(""),
        /** The user's password. */
        PASSWORD(""),
        /** 1 for basic authentication. */
        AUTHENTICATION("0"),
        /** The port; if 0, the usual one. */
        PORT("0"),
        /** 1 if TLS is used. */
        SECURE("0"),
        /** The number of the TLS profile. */
        TLS_PROFILE("0"),
        /** After how many seconds without an octet a request fails. */
        TIMEOUT("180");

        private final String factory;

        Parameter(String factory) {
            this.factory = factory;
        }
    }

    private final Map<Parameter, String> values = new EnumMap<>(Parameter.class);
    private final SortedMap<Integer, Field> fields = new TreeMap<>();

    /** A header field that is sent with each request. */
    public record Field(String name, String value) {}

    /** Returns what is set. */
    public String get(Parameter what) {
        return values.getOrDefault(what, what.factory);
    }

    /** Returns what is set as a number. */
    public int number(Parameter what) {
        return Integer.parseInt(get(what));
    }

    /** Sets a value; the command checks it. */
    public void set(Parameter what, String value) {
        values.put(what, value);
    }

    /** The header fields of the host, by number. */
    public SortedMap<Integer, Field> fields() {
        return fields;
    }

    /** Whether a header field may be sent so. */
    public static boolean isAllowed(Field field) {
        return NAME.matcher(field.name).matches() && VALUE.matcher(field.value).matches();
    }

    /** Whether a server may have this name or address. */
    public static boolean isServer(String host) {
        return SERVER.matcher(host).matches();
    }

    /** Makes it a new profile. */
    public void reset() {
        values.clear();
        fields.clear();
    }

    /** Returns the server; its host is empty if none is set. */
    Dialer.Server server() {
        String host = get(Parameter.ADDRESS).isEmpty() ? get(Parameter.HOST) : get(Parameter.ADDRESS);
        return new Dialer.Server(host, port(), isSecure() ? Integer.valueOf(number(Parameter.TLS_PROFILE)) : null);
    }

    /** The port that is set, or the one that servers usually have. */
    public int port() {
        int port = number(Parameter.PORT);
        return port > 0 ? port : usualPort();
    }

    private int usualPort() {
        return isSecure() ? SECURE_PORT : PLAIN_PORT;
    }

    Duration timeout() {
        return Duration.ofSeconds(number(Parameter.TIMEOUT));
    }

    private boolean isSecure() {
        return number(Parameter.SECURE) == 1;
    }

    /** Adds what each request has; the fields of the host replace it. */
    void addTo(HttpHeaders headers) {
        Dialer.Server server = server();
        headers.set(
                HttpHeaderNames.HOST,
                server.port() == usualPort() ? server.host() : server.host() + ":" + server.port());
        if (number(Parameter.AUTHENTICATION) == 1) {
            byte[] user = (get(Parameter.USER) + ":" + get(Parameter.PASSWORD)).getBytes(ISO_8859_1);
            headers.set(
                    HttpHeaderNames.AUTHORIZATION,
                    "Basic " + Base64.getEncoder().encodeToString(user));
        }
        fields.values().forEach(field -> headers.set(field.name, field.value));
    }

    /** Shows nothing: there is a password in it. */
    @Override
    public String toString() {
        return "HttpProfile";
    }
}
