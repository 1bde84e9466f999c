package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.module.mqtt.MqttClient;
import dev.rootbeat.module.mqtt.MqttProfile;
import dev.rootbeat.module.mqtt.ReceivedMessage;
import dev.rootbeat.rot.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the MQTT client does (AT reference, section 4.3). A command succeeds when it has begun; what it comes to is told by
 * {@code +UUMQTTC}.
 */
public final class MqttCommands {

    private static final int LOGOUT = 0;
    private static final int LOGIN = 1;
    private static final int PUBLISH = 2;
    private static final int PUBLISH_FILE = 3;
    private static final int SUBSCRIBE = 4;
    private static final int UNSUBSCRIBE = 5;
    private static final int READ = 6;
    private static final int PING = 8;
    private static final int PUBLISH_OCTETS = 9;
    private static final int READ_ALL = 0;

    private static final int MAX_TOPIC = MqttProfileCommands.MAX_TEXT;

    /** How many octets a command publishes; a file may have more. */
    private static final int MAX_MESSAGE = 1024;

    /** How long the module waits for data after the prompt (ours). */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MqttClient client;
    private final MqttProfile profile;
    private final FileStore files;
    private final String imei;

    /** Answers for a module with this client, whose files can be published. */
    public MqttCommands(MqttClient client, MqttProfile profile, FileStore files, String imei) {
        this.client = client;
        this.profile = profile;
        this.files = files;
        this.imei = imei;
    }

    private static Answer begun(boolean begun) {
        return begun ? Answer.OK : Answer.error(AtError.OPERATION_NOT_ALLOWED);
    }

    @AtCommand("+UMQTTC=")
    Answer connection(@OneOf({LOGOUT, LOGIN}) int operation) {
        return begun(operation == LOGIN ? client.login(profile, imei) : client.logout());
    }

    @AtCommand("+UMQTTC=")
    Answer publish(
            @OneOf(PUBLISH) int operation,
            @Range(to = 2) int qos,
            @OneOf({0, 1}) int retain,
            @OneOf({0, 1}) int hex,
            @Length(min = 1, max = MAX_TOPIC) String topic,
            @Length(max = 2 * MAX_MESSAGE) String message) {
        return octets(message, hex)
                .map(content -> content.length > MAX_MESSAGE
                        ? Answer.error(AtError.TEXT_TOO_LONG)
                        : to(topic, name -> publish(operation, qos, retain, name, content)))
                .orElseGet(() -> Answer.error(AtError.INCORRECT_PARAMETERS));
    }

    private static Optional<byte[]> octets(String message, int hex) {
        try {
            return Optional.of(
                    hex == 1 ? HexFormat.of().parseHex(message) : message.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @AtCommand("+UMQTTC=")
    Answer publishFile(
            @OneOf(PUBLISH_FILE) int operation,
            @Range(to = 2) int qos,
            @OneOf({0, 1}) int retain,
            @Length(min = 1, max = MAX_TOPIC) String topic,
            @Length(min = 1, max = FileStore.MAX_NAME) String file) {
        Bytes content = files.read(file);
        return content == null
                ? Answer.error(AtError.FILE_NOT_FOUND)
                : to(topic, name -> publish(operation, qos, retain, name, content.toArray()));
    }

    @AtCommand("+UMQTTC=")
    Answer publishOctets(
            @OneOf(PUBLISH_OCTETS) int operation,
            @Range(to = 2) int qos,
            @OneOf({0, 1}) int retain,
            @Length(min = 1, max = MAX_TOPIC) String topic,
            @Range(from = 1, to = MAX_MESSAGE) int octets) {
        return to(
                topic,
                name -> new Answer.Prompt(
                        '>',
                        octets,
                        PATIENCE,
                        AtError.COMMAND_TIMEOUT,
                        content -> publish(operation, qos, retain, name, content)));
    }

    private Answer publish(int operation, int qos, int retain, String topic, byte[] content) {
        return begun(client.publish(operation, qos, retain == 1, topic, content));
    }

    /** The name of a topic has no wildcards (MQTT 3.1.1, section 3.3.2.1). */
    private static Answer to(String topic, Function<String, Answer> command) {
        return topic.contains("#") || topic.contains("+")
                ? Answer.error(AtError.INCORRECT_PARAMETERS)
                : command.apply(topic);
    }

    @AtCommand("+UMQTTC=")
    Answer subscribe(
            @OneOf(SUBSCRIBE) int operation, @Range(to = 2) int qos, @Length(min = 1, max = MAX_TOPIC) String filter) {
        return begun(client.subscribe(qos, filter));
    }

    @AtCommand("+UMQTTC=")
    Answer unsubscribe(@OneOf(UNSUBSCRIBE) int operation, @Length(min = 1, max = MAX_TOPIC) String filter) {
        return begun(client.unsubscribe(filter));
    }

    /** All messages that are there, or only the oldest. */
    @AtCommand("+UMQTTC=")
    Answer read(@OneOf(READ) int operation, @OneOf({READ_ALL, 1}) @Nullable Integer messages) {
        List<ReceivedMessage> read = client.read(messages == null || messages == READ_ALL);
        return read.isEmpty()
                ? Answer.error(AtError.OPERATION_NOT_ALLOWED)
                : Answer.of(read.stream().map(MqttCommands::line).toArray(String[]::new));
    }

    private static String line(ReceivedMessage message) {
        String content = new String(message.content().toArray(), StandardCharsets.ISO_8859_1);
        return "+UMQTTC: " + READ + "," + message.qos() + "," + message.octets() + ","
                + message.topic().length() + ",\"" + message.topic() + "\"," + content.length() + ",\"" + content
                + "\"";
    }

    /** From now on the connection is kept alive, or is not. */
    @AtCommand("+UMQTTC=")
    Answer ping(@OneOf(PING) int operation, @OneOf({0, 1}) int on) {
        return begun(client.keepAlive(on == 1));
    }

    @AtCommand("+UMQTTER")
    Answer lastError() {
        return Answer.of("+UMQTTER: " + client.error().numbers());
    }
}
