package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.mqtt.MqttProfile;
import dev.rootbeat.module.mqtt.MqttProfile.Parameter;
import dev.rootbeat.module.tls.TlsProfiles;
import org.jspecify.annotations.Nullable;

/**
 * How the MQTT client logs in (AT reference, section 4.3). What is set counts from the next login on, and until the power
 * goes off, unless it is stored with {@code AT+UMQTTNV=2} and loaded with {@code AT+UMQTTNV=1}. The limits of texts are
 * ours, and that the user's password cannot be read back.
 */
public final class MqttProfileCommands {

    private static final int CLIENT_ID = 0;
    private static final int HOST = 2;
    private static final int ADDRESS = 3;
    private static final int USER = 4;
    private static final int WILL_QOS = 6;
    private static final int WILL_RETAIN = 7;
    private static final int WILL_TOPIC = 8;
    private static final int WILL_MESSAGE = 9;
    private static final int TIMEOUT = 10;
    private static final int SECURE = 11;
    private static final int CLEAN_SESSION = 12;
    private static final int FACTORY = 0;
    private static final int LOAD = 1;
    private static final int STORE = 2;

    /** The longest client identifier, host, user, password and topic: enough for any cloud. */
    static final int MAX_TEXT = 256;

    private static final int MAX_MESSAGE = 1024;
    private static final int MAX_SECONDS = 65_535;

    private final MqttProfile profile;
    private final Settings settings;
    private final String imei;

    /** Answers for a module with this profile; the stored one is among these settings. */
    public MqttProfileCommands(MqttProfile profile, Settings settings, String imei) {
        this.profile = profile;
        this.settings = settings;
        this.imei = imei;
    }

    @AtCommand("+UMQTT=")
    Answer text(@OneOf({CLIENT_ID, WILL_TOPIC}) int operation, @Length(max = MAX_TEXT) String value) {
        return set(operation == CLIENT_ID ? Parameter.CLIENT_ID : Parameter.WILL_TOPIC, value);
    }

    /** A name and an address are in place of each other. */
    @AtCommand("+UMQTT=")
    Answer broker(
            @OneOf({HOST, ADDRESS}) int operation,
            @Length(min = 1, max = MAX_TEXT) String host,
            @Range(from = 1, to = SocketCommands.MAX_PORT) @Nullable Integer port) {
        profile.set(Parameter.PORT, port == null ? "0" : port.toString());
        profile.set(Parameter.HOST, operation == HOST ? host : "");
        return set(Parameter.ADDRESS, operation == ADDRESS ? host : "");
    }

    @AtCommand("+UMQTT=")
    Answer user(
            @OneOf(USER) int operation,
            @Length(max = MAX_TEXT) String user,
            @Length(max = MAX_TEXT) @Nullable String password) {
        profile.set(Parameter.PASSWORD, password == null ? "" : password);
        return set(Parameter.USER, user);
    }

    @AtCommand("+UMQTT=")
    Answer willQuality(@OneOf(WILL_QOS) int operation, @Range(to = 2) int qos) {
        return set(Parameter.WILL_QOS, String.valueOf(qos));
    }

    @AtCommand("+UMQTT=")
    Answer choice(@OneOf({WILL_RETAIN, CLEAN_SESSION}) int operation, @OneOf({0, 1}) int on) {
        return set(operation == WILL_RETAIN ? Parameter.WILL_RETAIN : Parameter.CLEAN_SESSION, String.valueOf(on));
    }

    @AtCommand("+UMQTT=")
    Answer willMessage(@OneOf(WILL_MESSAGE) int operation, @Length(max = MAX_MESSAGE) String message) {
        return set(Parameter.WILL_MESSAGE, message);
    }

    @AtCommand("+UMQTT=")
    Answer timeout(@OneOf(TIMEOUT) int operation, @Range(to = MAX_SECONDS) int seconds) {
        return set(Parameter.TIMEOUT, String.valueOf(seconds));
    }

    @AtCommand("+UMQTT=")
    Answer secure(
            @OneOf(SECURE) int operation,
            @OneOf({0, 1}) int on,
            @Range(to = TlsProfiles.LAST) @Nullable Integer tlsProfile) {
        profile.set(Parameter.TLS_PROFILE, tlsProfile == null ? "0" : tlsProfile.toString());
        return set(Parameter.SECURE, String.valueOf(on));
    }

    private Answer set(Parameter what, String value) {
        profile.set(what, value);
        return Answer.OK;
    }

    @AtCommand("+UMQTT=")
    Answer read(
            @OneOf({
                        CLIENT_ID,
                        HOST,
                        ADDRESS,
                        USER,
                        WILL_QOS,
                        WILL_RETAIN,
                        WILL_TOPIC,
                        WILL_MESSAGE,
                        TIMEOUT,
                        SECURE,
                        CLEAN_SESSION
                    })
                    int operation) {
        return Answer.of("+UMQTT: " + operation + ","
                + switch (operation) {
                    case CLIENT_ID -> {
                        String id = profile.get(Parameter.CLIENT_ID);
                        yield quoted(id.isEmpty() ? imei : id);
                    }
                    case HOST -> quoted(profile.get(Parameter.HOST)) + port();
                    case ADDRESS -> quoted(profile.get(Parameter.ADDRESS)) + port();
                    case USER -> quoted(profile.get(Parameter.USER));
                    case WILL_QOS -> profile.get(Parameter.WILL_QOS);
                    case WILL_RETAIN -> profile.get(Parameter.WILL_RETAIN);
                    case WILL_TOPIC -> quoted(profile.get(Parameter.WILL_TOPIC));
                    case WILL_MESSAGE -> quoted(profile.get(Parameter.WILL_MESSAGE));
                    case TIMEOUT -> profile.get(Parameter.TIMEOUT);
                    case SECURE ->
                        profile.number(Parameter.SECURE) == 0 ? "0" : "1," + profile.get(Parameter.TLS_PROFILE);
                    default -> profile.get(Parameter.CLEAN_SESSION);
                });
    }

    private String port() {
        return profile.number(Parameter.PORT) == 0 ? "" : "," + profile.get(Parameter.PORT);
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    @AtCommand("+UMQTTNV=")
    Answer stored(@OneOf({FACTORY, LOAD, STORE}) int operation) {
        switch (operation) {
            case FACTORY -> profile.reset();
            case LOAD -> profile.read(settings.get(Setting.MQTT));
            default -> {
                return settings.store(Setting.MQTT, profile.write());
            }
        }
        return Answer.OK;
    }
}
