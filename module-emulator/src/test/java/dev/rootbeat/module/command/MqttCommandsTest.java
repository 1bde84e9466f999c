package dev.rootbeat.module.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.Conversation;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.module.mqtt.MqttClient;
import dev.rootbeat.module.mqtt.MqttProfile;
import dev.rootbeat.module.mqtt.ScriptedBroker;
import dev.rootbeat.module.network.SocketError;
import dev.rootbeat.module.network.TestWorld;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.Medium;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.sim.VirtualTime;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AT reference, section 4.3, with a broker in a world of memory. */
class MqttCommandsTest {

    private static final String OK = "\r\nOK\r\n";
    private static final String REFUSED = "\r\n+CME ERROR: operation not allowed\r\n";
    private static final String IMEI = Host.IMEI;

    private final ClientWorld around = new ClientWorld();
    private final TestWorld world = around.world;
    private final VirtualTime time = around.time;
    private final MemoryMedium medium = new MemoryMedium();
    private final FileStore files = new FileStore(JournalFlash.mount(new MemoryMedium(Medium.BULK_BANK_SIZE)));
    private Conversation host = boot();

    private Conversation boot() {
        var profile = new MqttProfile();
        var settings = new Settings(JournalFlash.mount(medium), Map.of());
        var client = new MqttClient(around.dialer, around.timers, around::urcs);
        return around.plug(
                new MqttProfileCommands(profile, settings, IMEI), new MqttCommands(client, profile, files, IMEI));
    }

    private String send(String line) {
        return around.send(line);
    }

    /** Dials a broker. */
    private ScriptedBroker dial() {
        world.listen(1883);
        send("AT+UMQTT=3,\"127.0.0.1\"");
        assertThat(send("AT+UMQTTC=1")).isEqualTo(OK);
        return new ScriptedBroker(world);
    }

    /** Logs in. */
    private ScriptedBroker login() {
        ScriptedBroker broker = dial();
        assertThat(broker.types()).containsExactly(MqttMessageType.CONNECT);
        broker.accept(false);
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 1,1\r\n");
        return broker;
    }

    @Test
    void a_new_module_logs_in_with_its_imei_and_no_will() {
        var login = (MqttConnectMessage) dial().heard().getFirst();
        assertThat(login.payload().clientIdentifier()).isEqualTo(IMEI);
        assertThat(login.variableHeader().version()).isEqualTo(4);
        assertThat(login.variableHeader().isCleanSession()).isTrue();
        assertThat(login.variableHeader().hasUserName()).isFalse();
        assertThat(login.variableHeader().hasPassword()).isFalse();
        assertThat(login.variableHeader().isWillFlag()).isFalse();
        assertThat(login.variableHeader().keepAliveTimeSeconds()).isZero();
    }

    @Test
    void the_profile_is_what_the_module_logs_in_with() {
        world.listen(99);
        for (String setting : List.of(
                "0,\"me\"",
                "2,\"localhost\",99",
                "4,\"user\",\"word\"",
                "6,2",
                "7,1",
                "8,\"gone\"",
                "9,\"for good\"",
                "10,30",
                "12,0")) {
            assertThat(send("AT+UMQTT=" + setting)).as(setting).isEqualTo(OK);
            String read = "AT+UMQTT=" + setting.replaceFirst(",.*", "");
            assertThat(send(read)).isEqualTo("\r\n+UMQTT: " + setting.replace(",\"word\"", "") + "\r\n" + OK);
        }
        send("AT+UMQTTC=1");
        var login = (MqttConnectMessage) new ScriptedBroker(world).heard().getFirst();
        assertThat(login.payload().clientIdentifier()).isEqualTo("me");
        assertThat(login.payload().userName()).isEqualTo("user");
        assertThat(login.payload().passwordInBytes()).isEqualTo("word".getBytes(ISO_8859_1));
        assertThat(login.payload().willTopic()).isEqualTo("gone");
        assertThat(login.payload().willMessageInBytes()).isEqualTo("for good".getBytes(ISO_8859_1));
        assertThat(login.variableHeader().willQos()).isEqualTo(2);
        assertThat(login.variableHeader().isWillRetain()).isTrue();
        assertThat(login.variableHeader().isCleanSession()).isFalse();
        assertThat(login.variableHeader().keepAliveTimeSeconds()).isEqualTo(30);
    }

    @Test
    void a_secure_profile_dials_the_secure_port_with_its_tls_profile() {
        world.listen(8883);
        send("AT+UMQTT=2,\"localhost\"");
        assertThat(send("AT+UMQTT=11")).contains("+UMQTT: 11,0\r\n");
        assertThat(send("AT+UMQTT=11,1,3")).isEqualTo(OK);
        assertThat(send("AT+UMQTT=11")).contains("+UMQTT: 11,1,3\r\n");
        send("AT+UMQTTC=1");
        assertThat(around.secured).containsExactly("3 TCP localhost 8883");
        world.peers.getLast().events.ended(SocketError.ABORTED);
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 1,0\r\n");
        assertThat(send("AT+UMQTTER")).isEqualTo("\r\n+UMQTTER: 13,8\r\n" + OK);
    }

    @Test
    void a_name_and_an_address_are_in_place_of_each_other() {
        send("AT+UMQTT=2,\"localhost\",99");
        send("AT+UMQTT=3,\"127.0.0.1\"");
        assertThat(send("AT+UMQTT=2")).contains("+UMQTT: 2,\"\"\r\n");
        assertThat(send("AT+UMQTT=3")).contains("+UMQTT: 3,\"127.0.0.1\"\r\n");
    }

    @Test
    void a_profile_is_lost_with_the_power_unless_it_is_stored_and_loaded() {
        send("AT+UMQTT=0,\"m\u00e9\"");
        send("AT+UMQTT=2,\"localhost\",99");
        assertThat(send("AT+UMQTTNV=2")).isEqualTo(OK);
        send("AT+UMQTT=0,\"you\"");
        host = boot();
        assertThat(send("AT+UMQTT=0")).contains("+UMQTT: 0,\"" + IMEI + "\"");
        assertThat(send("AT+UMQTTNV=1")).isEqualTo(OK);
        assertThat(send("AT+UMQTT=0")).contains("+UMQTT: 0,\"m\u00e9\"");
        assertThat(send("AT+UMQTT=2")).contains("+UMQTT: 2,\"localhost\",99");
        assertThat(send("AT+UMQTTNV=0")).isEqualTo(OK);
        assertThat(send("AT+UMQTT=2")).contains("+UMQTT: 2,\"\"");
        assertThat(send("AT+UMQTTNV=1;+UMQTT=2")).contains("+UMQTT: 2,\"localhost\",99");
    }

    @Test
    void a_broker_that_refuses_is_told_as_a_failed_login() {
        ScriptedBroker broker = dial();
        broker.refuse(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD);
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 1,0\r\n");
        assertThat(broker.peer().closed).isTrue();
        assertThat(send("AT+UMQTTER")).isEqualTo("\r\n+UMQTTER: 13,0\r\n" + OK);
        login();
        assertThat(send("AT+UMQTTER")).isEqualTo("\r\n+UMQTTER: 0,0\r\n" + OK);
    }

    @Test
    void a_broker_that_is_silent_is_given_up_after_a_time() {
        world.silence(1883);
        send("AT+UMQTT=3,\"127.0.0.1\"");
        assertThat(send("AT+UMQTTC=1")).isEqualTo(OK);
        assertThat(send("AT+UMQTTC=1")).as("only one at a time").isEqualTo(REFUSED);
        time.runFor(Duration.ofSeconds(101));
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 1,0\r\n");
        assertThat(send("AT+UMQTTER")).contains("+UMQTTER: 13,33");
        assertThat(time.pending()).isZero();
    }

    @Test
    void a_port_where_nobody_listens_and_a_name_that_nobody_knows_are_failed_logins() {
        send("AT+UMQTT=3,\"127.0.0.1\"");
        assertThat(send("AT+UMQTTC=1")).isEqualTo(OK + "\r\n+UUMQTTC: 1,0\r\n");
        send("AT+UMQTT=2,\"nowhere.example.org\"");
        assertThat(send("AT+UMQTTC=1")).isEqualTo(OK + "\r\n+UUMQTTC: 1,0\r\n");
    }

    @Test
    void without_a_network_or_a_broker_nothing_begins() {
        assertThat(send("AT+UMQTTC=1")).isEqualTo(REFUSED);
        assertThat(send("AT+UMQTTER")).contains("+UMQTTER: 13,0");
        send("AT+UMQTT=3,\"127.0.0.1\"");
        around.online = false;
        assertThat(send("AT+UMQTTC=1")).isEqualTo(REFUSED);
        assertThat(send("AT+UMQTTER")).contains("+UMQTTER: 13,34");
    }

    @Test
    void when_the_network_is_lost_the_connection_is() {
        ScriptedBroker broker = login();
        send("AT+UMQTTC=2,1,0,0,\"t\",\"m\"");
        around.dialer.drop();
        assertThat(broker.peer().closed).isTrue();
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 2,0\r\n\r\n+UUMQTTC: 0,101\r\n");
        assertThat(send("AT+UMQTTER")).contains("+UMQTTER: 13,34");
        assertThat(time.pending()).isZero();
    }

    @Test
    void logging_out_says_goodbye() {
        ScriptedBroker broker = login();
        assertThat(send("AT+UMQTTC=0")).isEqualTo(OK + "\r\n+UUMQTTC: 0,1\r\n");
        assertThat(broker.types()).containsExactly(MqttMessageType.DISCONNECT);
        assertThat(broker.peer().closed).isTrue();
        assertThat(send("AT+UMQTTC=0")).isEqualTo(REFUSED);
        login();
    }

    @Test
    void text_hexadecimal_digits_and_files_are_published() {
        ScriptedBroker broker = login();
        files.write("file", Bytes.of("from a file".getBytes(ISO_8859_1)));
        assertThat(send("AT+UMQTTC=2,0,1,0,\"a/b\",\"hello, you\"")).isEqualTo(OK + "\r\n+UUMQTTC: 2,1\r\n");
        assertThat(send("AT+UMQTTC=2,0,0,1,\"a/b\",\"00ff\"")).isEqualTo(OK + "\r\n+UUMQTTC: 2,1\r\n");
        assertThat(send("AT+UMQTTC=3,0,0,\"a/b\",\"file\"")).isEqualTo(OK + "\r\n+UUMQTTC: 3,1\r\n");
        List<MqttPublishMessage> published =
                broker.heard().stream().map(MqttPublishMessage.class::cast).toList();
        assertThat(published)
                .extracting(one -> one.variableHeader().topicName())
                .containsOnly("a/b");
        assertThat(published).extracting(one -> one.fixedHeader().isRetain()).containsExactly(true, false, false);
        assertThat(published)
                .extracting(MqttCommandsTest::text)
                .containsExactly("hello, you", "\0\u00ff", "from a file");
        assertThat(around.carried).isPositive();
    }

    private static String text(MqttPublishMessage message) {
        return new String(ByteBufUtil.getBytes(message.payload()), ISO_8859_1);
    }

    @Test
    void octets_are_published_behind_the_prompt() {
        ScriptedBroker broker = login();
        assertThat(send("AT+UMQTTC=9,1,0,\"t\",5")).isEqualTo("\r\n>");
        assertThat(host.send("\0\r\n\"\u00ff")).isEqualTo(OK);
        var message = (MqttPublishMessage) broker.heard().getFirst();
        assertThat(text(message)).isEqualTo("\0\r\n\"\u00ff");
        broker.acknowledge(MqttMessageType.PUBACK, message.variableHeader().packetId());
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 9,1\r\n");
    }

    @Test
    void octets_that_do_not_come_are_a_time_out() {
        login();
        send("AT+UMQTTC=9,1,0,\"t\",5");
        host.time.runFor(Duration.ofSeconds(21));
        assertThat(host.heard()).isEqualTo("\r\n+CME ERROR: command timeout\r\n");
    }

    @Test
    void quality_1_and_2_are_published_when_the_broker_says_so() {
        ScriptedBroker broker = login();
        assertThat(send("AT+UMQTTC=2,1,0,0,\"t\",\"m\"")).isEqualTo(OK);
        assertThat(send("AT+UMQTTC=2,1,0,0,\"t\",\"m\"")).as("one at a time").isEqualTo(REFUSED);
        assertThat(send("AT+UMQTTC=0")).isEqualTo(REFUSED);
        broker.acknowledge(MqttMessageType.PUBACK, 99);
        assertThat(host.heard()).as("of another message").isEmpty();
        broker.acknowledge(MqttMessageType.PUBACK, number(broker));
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 2,1\r\n");

        send("AT+UMQTTC=2,2,0,0,\"t\",\"m\"");
        int number = number(broker);
        broker.acknowledge(MqttMessageType.PUBREC, number);
        assertThat(broker.types()).containsExactly(MqttMessageType.PUBREL);
        assertThat(host.heard()).isEmpty();
        broker.acknowledge(MqttMessageType.PUBCOMP, number);
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 2,1\r\n");
    }

    private static int number(ScriptedBroker broker) {
        return ((MqttPublishMessage) broker.heard().getFirst()).variableHeader().packetId();
    }

    @Test
    void what_the_broker_does_not_answer_fails_after_a_time() {
        ScriptedBroker broker = login();
        send("AT+UMQTTC=4,2,\"t\"");
        time.runFor(Duration.ofSeconds(61));
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 4,0,2,\"t\"\r\n");
        assertThat(send("AT+UMQTTER")).contains("+UMQTTER: 13,33");
        broker.subscribed(1, 2);
        assertThat(host.heard()).as("too late").isEmpty();
        assertThat(send("AT+UMQTTC=5,\"t\"")).isEqualTo(OK);
    }

    @Test
    void a_subscription_shows_what_was_granted() {
        ScriptedBroker broker = login();
        assertThat(send("AT+UMQTTC=4,2,\"a/+/#\"")).isEqualTo(OK);
        var asked = (MqttSubscribeMessage) broker.heard().getFirst();
        assertThat(asked.payload().topicSubscriptions().getFirst().topicFilter())
                .isEqualTo("a/+/#");
        broker.subscribed(asked.variableHeader().messageId(), 1);
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 4,1,1,\"a/+/#\"\r\n");
        send("AT+UMQTTC=4,0,\"b\"");
        broker.subscribed(2, 0x80);
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 4,0,0,\"b\"\r\n");
        assertThat(send("AT+UMQTTC=5,\"a/+/#\"")).isEqualTo(OK);
        broker.acknowledge(MqttMessageType.UNSUBACK, 3);
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 5,1\r\n");
    }

    @Test
    void messages_wait_to_be_read_one_by_one_or_all() {
        ScriptedBroker broker = login();
        assertThat(send("AT+UMQTTC=6,1")).isEqualTo(REFUSED);
        broker.publish(0, 0, "a", "one\r\n");
        broker.publish(7, 1, "b/\u20ac", "\"two\"");
        broker.publish(8, 2, "c", "");
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 6,1\r\n\r\n+UUMQTTC: 6,2\r\n\r\n+UUMQTTC: 6,3\r\n");
        assertThat(broker.types()).containsExactly(MqttMessageType.PUBACK, MqttMessageType.PUBREC);
        assertThat(send("AT+UMQTTC=6,1"))
                .isEqualTo("\r\n+UMQTTC: 6,0,6,1,\"a\",5,\"one\r\n\"\r\n" + OK + "\r\n+UUMQTTC: 6,2\r\n");
        assertThat(send("AT+UMQTTC=6"))
                .isEqualTo("\r\n+UMQTTC: 6,1,10,5,\"b/\u00e2\u0082\u00ac\",5,\"\"two\"\"\r\n"
                        + "\r\n+UMQTTC: 6,2,1,1,\"c\",0,\"\"\r\n" + OK);
        assertThat(send("AT+UMQTTC=6,0")).isEqualTo(REFUSED);
    }

    @Test
    void a_message_of_quality_2_comes_once_even_if_the_broker_repeats_it() {
        ScriptedBroker broker = login();
        broker.publish(8, 2, "t", "m");
        broker.publish(8, 2, "t", "m");
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 6,1\r\n");
        assertThat(broker.types()).containsExactly(MqttMessageType.PUBREC, MqttMessageType.PUBREC);
        broker.acknowledge(MqttMessageType.PUBREL, 8);
        assertThat(broker.types()).containsExactly(MqttMessageType.PUBCOMP);
        broker.publish(8, 2, "t", "another");
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 6,2\r\n");
    }

    @Test
    void a_message_that_is_half_received_is_known_in_the_session_that_the_broker_kept() {
        send("AT+UMQTT=12,0");
        ScriptedBroker broker = login();
        broker.publish(8, 2, "t", "m");
        broker.peer().events.ended(SocketError.RESET);
        host.heard();
        broker = dial();
        broker.accept(true);
        host.heard();
        broker.publish(8, 2, "t", "m");
        assertThat(host.heard()).isEmpty();
        broker.peer().events.ended(SocketError.RESET);
        broker = dial();
        broker.accept(false);
        host.heard();
        broker.publish(8, 2, "t", "of another session");
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 6,2\r\n");
    }

    @Test
    void what_there_is_no_room_for_is_neither_kept_nor_acknowledged() {
        ScriptedBroker broker = login();
        String large = "x".repeat(30_000);
        broker.publish(1, 1, "t", large);
        broker.publish(2, 1, "t", large);
        broker.publish(3, 1, "t", large);
        assertThat(broker.types()).hasSize(2);
        assertThat(host.heard()).endsWith("+UUMQTTC: 6,2\r\n");
        send("AT+UMQTTC=6");
        for (int i = 0; i < 70; i++) {
            broker.publish(0, 0, "t", "m");
        }
        assertThat(host.heard()).endsWith("+UUMQTTC: 6,64\r\n");
        assertThat(send("AT+UMQTTC=2,0,0,0,\"t\",\"m\""))
                .as("the connection lives")
                .contains("+UUMQTTC: 2,1");
    }

    @Test
    void a_broker_that_does_not_read_gets_no_acknowledgements_and_no_messages() {
        ScriptedBroker broker = login();
        broker.peer().writable = false;
        broker.publish(1, 1, "t", "m");
        broker.acknowledge(MqttMessageType.PUBREL, 5);
        assertThat(broker.types()).isEmpty();
        assertThat(send("AT+UMQTTC=2,0,0,0,\"t\",\"m\"")).isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " \u0002\0\0", // a second answer to the login
                "\u00f0\0", // of a type that there is not
                "6\u0005\0\1t\0\1", // a quality of service of 3
                "\u00c0\0", // a ping, which is not for brokers to send
                "0\u00ff\u00ff\u00ff\u007f", // longer than a module takes
            })
    void a_broker_that_breaks_the_protocol_is_left(String octets) {
        ScriptedBroker broker = login();
        broker.peer().say(octets);
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 0,102\r\n");
        assertThat(broker.peer().closed).isTrue();
        login();
    }

    @Test
    void a_server_that_speaks_something_else_is_a_failed_login() {
        ScriptedBroker broker = dial();
        broker.peer().say("HTTP/1.1 400 Bad Request\r\n\r\n");
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 1,0\r\n");
        assertThat(broker.peer().closed).isTrue();
    }

    @Test
    void a_connection_that_is_not_used_ends_unless_it_is_kept_alive() {
        send("AT+UMQTT=10,30");
        ScriptedBroker broker = login();
        time.runFor(Duration.ofSeconds(20));
        send("AT+UMQTTC=2,0,0,0,\"t\",\"m\"");
        time.runFor(Duration.ofSeconds(29));
        assertThat(host.heard()).isEmpty();
        time.runFor(Duration.ofSeconds(2));
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 0,100\r\n");
        assertThat(broker.types()).endsWith(MqttMessageType.DISCONNECT);
        assertThat(time.pending()).isZero();
    }

    @Test
    void pings_keep_a_connection_alive_until_one_is_not_answered() {
        send("AT+UMQTT=10,30");
        ScriptedBroker broker = login();
        assertThat(send("AT+UMQTTC=8,1")).isEqualTo(OK);
        for (int i = 0; i < 10; i++) {
            time.runFor(Duration.ofSeconds(30));
            assertThat(broker.types()).as("ping %d", i).containsExactly(MqttMessageType.PINGREQ);
            broker.say(MqttMessage.PINGRESP);
        }
        assertThat(host.heard()).isEmpty();
        time.runFor(Duration.ofSeconds(91));
        assertThat(host.heard()).isEqualTo("\r\n+UUMQTTC: 0,101\r\n");
        assertThat(time.pending()).isZero();
        login();
        time.runFor(Duration.ofSeconds(31));
        assertThat(host.heard()).as("off again").isEqualTo("\r\n+UUMQTTC: 0,100\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "2,0,0,0,\"t\",\"m\"",
                "4,0,\"t\"",
                "5,\"t\"",
                "6",
                "6,1",
                "8,1",
            })
    void without_a_login_nothing_can_be_done(String command) {
        assertThat(send("AT+UMQTTC=" + command)).isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "+UMQTT=?                    | +UMQTT: (0,2,3,4,6,7,8,9,10,11,12),\"\",(1-65535)",
                "+UMQTTC=?                   | +UMQTTC: ",
                "+UMQTTER=?                  | OK",
                "+UMQTTNV=?                  | +UMQTTNV: (0,1,2)",
                "+UMQTT?                     | +CME ERROR: unknown",
                "+UMQTT=                     | +CME ERROR: incorrect parameters",
                "+UMQTT=1                    | +CME ERROR: incorrect parameters",
                "+UMQTT=5,1                  | +CME ERROR: incorrect parameters",
                "+UMQTT=0,1                  | +CME ERROR: incorrect parameters",
                "+UMQTT=2,\"\"               | +CME ERROR: incorrect parameters",
                "+UMQTT=2,\"h\",0            | +CME ERROR: incorrect parameters",
                "+UMQTT=2,\"h\",65536        | +CME ERROR: incorrect parameters",
                "+UMQTT=3,127                | +CME ERROR: incorrect parameters",
                "+UMQTT=4,\"u\",\"p\",1      | +CME ERROR: incorrect parameters",
                "+UMQTT=6,3                  | +CME ERROR: incorrect parameters",
                "+UMQTT=7,2                  | +CME ERROR: incorrect parameters",
                "+UMQTT=8,0                  | +CME ERROR: incorrect parameters",
                "+UMQTT=10,65536             | +CME ERROR: incorrect parameters",
                "+UMQTT=10,\"5\"             | +CME ERROR: incorrect parameters",
                "+UMQTT=11,1,5               | +CME ERROR: incorrect parameters",
                "+UMQTT=11,2                 | +CME ERROR: incorrect parameters",
                "+UMQTT=12,2                 | +CME ERROR: incorrect parameters",
                "+UMQTTNV=3                  | +CME ERROR: incorrect parameters",
                "+UMQTTC=                    | +CME ERROR: incorrect parameters",
                "+UMQTTC=7,1                 | +CME ERROR: incorrect parameters",
                "+UMQTTC=1,1                 | +CME ERROR: incorrect parameters",
                "+UMQTTC=2,3,0,0,\"t\",\"m\" | +CME ERROR: incorrect parameters",
                "+UMQTTC=2,0,0,0,\"\",\"m\"  | +CME ERROR: incorrect parameters",
                "+UMQTTC=2,0,0,0,\"a/#\",\"m\"| +CME ERROR: incorrect parameters",
                "+UMQTTC=2,0,0,1,\"t\",\"xy\"| +CME ERROR: incorrect parameters",
                "+UMQTTC=2,0,0,\"t\",\"m\"   | +CME ERROR: incorrect parameters",
                "+UMQTTC=3,0,0,\"t\",\"none\"| +CME ERROR: FILE NOT FOUND",
                "+UMQTTC=4,3,\"t\"           | +CME ERROR: incorrect parameters",
                "+UMQTTC=4,\"t\"             | +CME ERROR: incorrect parameters",
                "+UMQTTC=5,t                 | +CME ERROR: incorrect parameters",
                "+UMQTTC=6,2                 | +CME ERROR: incorrect parameters",
                "+UMQTTC=8                   | +CME ERROR: incorrect parameters",
                "+UMQTTC=8,2                 | +CME ERROR: incorrect parameters",
                "+UMQTTC=9,0,0,\"t\",0       | +CME ERROR: incorrect parameters",
                "+UMQTTC=9,0,0,\"t\",1025    | +CME ERROR: incorrect parameters",
                "+UMQTTER=1                  | +CME ERROR: unknown",
                "+UMQTTER                    | +UMQTTER: 0,0",
            })
    void the_table_of_the_commands(String command, String said) {
        assertThat(send("AT" + command.strip())).startsWith("\r\n" + said);
    }

    @Test
    void text_of_more_than_a_message_can_have_is_too_long() {
        login();
        assertThat(send("AT+UMQTTC=2,0,0,0,\"t\",\"" + "x".repeat(1024) + "\"")).contains(OK);
        assertThat(send("AT+UMQTTC=2,0,0,0,\"t\",\"" + "x".repeat(1025) + "\"")).contains("text string too long");
        assertThat(send("AT+UMQTTC=2,0,0,1,\"t\",\"" + "00".repeat(1024) + "\""))
                .contains(OK);
    }
}
