package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.http.HttpClient;
import dev.rootbeat.module.http.HttpProfile;
import dev.rootbeat.module.http.HttpProfile.Field;
import dev.rootbeat.module.http.HttpProfile.Parameter;
import dev.rootbeat.module.tls.TlsProfiles;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The servers of the HTTP client (AT reference, section 4.3). That a password cannot be read back is ours. */
public final class HttpProfileCommands {

    private static final int LAST = HttpClient.LAST;
    private static final int ADDRESS = 0;
    private static final int HOST = 1;
    private static final int USER = 2;
    private static final int PASSWORD = 3;
    private static final int AUTHENTICATION = 4;
    private static final int PORT = 5;
    private static final int SECURE = 6;
    private static final int TIMEOUT = 7;
    private static final int HEADER = 9;

    /** The parameters whose value is one text or number, by operation. */
    private static final List<Parameter> PARAMETERS = List.of(
            Parameter.ADDRESS,
            Parameter.HOST,
            Parameter.USER,
            Parameter.PASSWORD,
            Parameter.AUTHENTICATION,
            Parameter.PORT,
            Parameter.SECURE,
            Parameter.TIMEOUT);

    /** The longest name, user and password (ours). */
    private static final int MAX_TEXT = 256;

    /** What hosts do not go below, and what the manuals of related modules begin with, in seconds. */
    private static final int MIN_TIMEOUT = 30;

    private static final int MAX_TIMEOUT = 180;

    /** A number, a name and a value of 64 characters each, as hosts know it, and some room. */
    private static final int MAX_HEADER = 256;

    private final HttpClient client;

    /** Answers for a module with this client. */
    public HttpProfileCommands(HttpClient client) {
        this.client = client;
    }

    @AtCommand("+UHTTP=")
    Answer reset(@Range(to = LAST) int profile) {
        client.profile(profile).reset();
        return Answer.OK;
    }

    /** A name and an address are in place of each other. */
    @AtCommand("+UHTTP=")
    Answer server(
            @Range(to = LAST) int profile,
            @OneOf({ADDRESS, HOST}) int operation,
            @Length(min = 1, max = MAX_TEXT) String host) {
        if (!HttpProfile.isServer(host)) {
            return Answer.error(AtError.INVALID_CHARACTERS);
        }
        client.profile(profile).set(operation == ADDRESS ? Parameter.HOST : Parameter.ADDRESS, "");
        return set(profile, operation, host);
    }

    @AtCommand("+UHTTP=")
    Answer user(
            @Range(to = LAST) int profile,
            @OneOf({USER, PASSWORD}) int operation,
            @Length(max = MAX_TEXT) String text) {
        return set(profile, operation, text);
    }

    @AtCommand("+UHTTP=")
    Answer authentication(
            @Range(to = LAST) int profile, @OneOf(AUTHENTICATION) int operation, @OneOf({0, 1}) int type) {
        return set(profile, operation, String.valueOf(type));
    }

    @AtCommand("+UHTTP=")
    Answer port(
            @Range(to = LAST) int profile,
            @OneOf(PORT) int operation,
            @Range(from = 1, to = SocketCommands.MAX_PORT) int port) {
        return set(profile, operation, String.valueOf(port));
    }

    @AtCommand("+UHTTP=")
    Answer secure(
            @Range(to = LAST) int profile,
            @OneOf(SECURE) int operation,
            @OneOf({0, 1}) int on,
            @Range(to = TlsProfiles.LAST) @Nullable Integer tlsProfile) {
        client.profile(profile).set(Parameter.TLS_PROFILE, tlsProfile == null ? "0" : tlsProfile.toString());
        return set(profile, operation, String.valueOf(on));
    }

    @AtCommand("+UHTTP=")
    Answer timeout(
            @Range(to = LAST) int profile,
            @OneOf(TIMEOUT) int operation,
            @Range(from = MIN_TIMEOUT, to = MAX_TIMEOUT) int seconds) {
        return set(profile, operation, String.valueOf(seconds));
    }

    private Answer set(int profile, int operation, String value) {
        client.profile(profile).set(PARAMETERS.get(operation), value);
        return Answer.OK;
    }

    /** A number from 0 to 4, a name and a value, with colons between; a number alone takes its header field away. */
    @AtCommand("+UHTTP=")
    Answer header(
            @Range(to = LAST) int profile,
            @OneOf(HEADER) int operation,
            @Length(min = 2, max = MAX_HEADER) String header) {
        SortedMap<Integer, Field> fields = client.profile(profile).fields();
        if (!header.matches("(?s)[0-4]:.*")) {
            return Answer.error(AtError.INCORRECT_PARAMETERS);
        }
        int number = header.charAt(0) - '0';
        if (header.length() == 2) {
            fields.remove(number);
            return Answer.OK;
        }
        String[] parts = header.substring(2).split(":", 2);
        var field = new Field(parts[0], parts.length == 2 ? parts[1].strip() : "");
        if (!HttpProfile.isAllowed(field)) {
            return Answer.error(AtError.INCORRECT_PARAMETERS);
        }
        fields.put(number, field);
        return Answer.OK;
    }

    @AtCommand("+UHTTP=")
    Answer read(
            @Range(to = LAST) int number,
            @OneOf({ADDRESS, HOST, USER, AUTHENTICATION, PORT, SECURE, TIMEOUT, HEADER}) int operation) {
        HttpProfile profile = client.profile(number);
        String start = "+UHTTP: " + number + "," + operation + ",";
        return switch (operation) {
            case ADDRESS, HOST, USER -> Answer.of(start + "\"" + profile.get(PARAMETERS.get(operation)) + "\"");
            case SECURE ->
                Answer.of(start
                        + (profile.number(Parameter.SECURE) == 0 ? "0" : "1," + profile.get(Parameter.TLS_PROFILE)));
            case PORT -> Answer.of(start + profile.port());
            case HEADER -> headers(start, profile.fields());
            default -> Answer.of(start + profile.get(PARAMETERS.get(operation)));
        };
    }

    private static Answer headers(String start, SortedMap<Integer, Field> fields) {
        var lines = new ArrayList<String>();
        fields.forEach(
                (number, field) -> lines.add(start + "\"" + number + ":" + field.name() + ":" + field.value() + "\""));
        return fields.isEmpty() ? Answer.of(start + "\"\"") : Answer.of(lines.toArray(String[]::new));
    }
}
