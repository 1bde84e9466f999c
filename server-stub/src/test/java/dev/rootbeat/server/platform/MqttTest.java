package dev.rootbeat.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.server.platform.Site.Identity;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT 3.1.1 of the server's own platform. */
@Timeout(180)
class MqttTest {

    private final Site site = new Site();
    private final Identity device = site.registered(site.home, 1);
    private final Identity neighbour = site.registered(site.home, 2);

    MqttTest() throws IOException {}

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 0, 0", "0, 1, 0", "1, 1, 1", "1, 2, 1"})
    void a_message_reaches_the_subscribers_with_the_lower_qos_of_both(int published, int wanted, int received)
            throws Exception {
        try (Client from = Client.login(site, device, "from");
                Client to = Client.login(site, neighbour, "to")) {
            assertThat(to.subscribe(MqttQoS.valueOf(wanted), "devices/+/state")).containsExactly(Math.min(1, wanted));

            from.publish(MqttQoS.valueOf(published), device.topic("state"), "on");

            assertThat(to.heard()).isEqualTo(device.topic("state") + " " + received + " on");
            if (published == 1) {
                assertThat(type(from)).isEqualTo(MqttMessageType.PUBACK);
            }
        }
    }

    @Test
    void messages_stay_in_their_domain() throws Exception {
        Identity foreign = site.registered(site.other, 3);
        try (Client from = Client.login(site, foreign, "same id");
                Client to = Client.login(site, device, "same id")) {
            to.subscribe(MqttQoS.AT_MOST_ONCE, "#");
            from.publish(MqttQoS.AT_LEAST_ONCE, foreign.topic("x"), "secret");
            assertThat(type(from)).isEqualTo(MqttMessageType.PUBACK);

            to.publish(MqttQoS.AT_MOST_ONCE, device.topic("x"), "own");

            assertThat(to.heard()).isEqualTo(device.topic("x") + " 0 own");
        }
    }

    @Test
    void what_is_unsubscribed_comes_no_more() throws Exception {
        try (Client client = Client.login(site, device, "one")) {
            client.subscribe(MqttQoS.AT_MOST_ONCE, device.topic("a"), device.topic("b"));
            client.send(MqttMessageBuilders.unsubscribe()
                    .messageId(3)
                    .addTopicFilter(device.topic("a"))
                    .build());
            assertThat(type(client)).isEqualTo(MqttMessageType.UNSUBACK);

            client.publish(MqttQoS.AT_MOST_ONCE, device.topic("a"), "1");
            client.publish(MqttQoS.AT_MOST_ONCE, device.topic("b"), "2");

            assertThat(client.heard()).isEqualTo(device.topic("b") + " 0 2");
            client.send(MqttMessage.PINGREQ);
            assertThat(type(client)).isEqualTo(MqttMessageType.PINGRESP);
        }
    }

    @Test
    void filters_that_are_malformed_or_too_many_are_refused_one_by_one() throws Exception {
        try (Client client = Client.login(site, device, "one")) {
            assertThat(client.subscribe(MqttQoS.AT_MOST_ONCE, "a/#/b", "ok")).containsExactly(0x80, 0);
            for (int i = 1; i < MqttSession.MAX_SUBSCRIPTIONS; i++) {
                assertThat(client.subscribe(MqttQoS.AT_LEAST_ONCE, "topic/" + i))
                        .containsExactly(1);
            }
            assertThat(client.subscribe(MqttQoS.AT_LEAST_ONCE, "one/more", "ok"))
                    .containsExactly(0x80, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"devices/0000000000000002/x", "x", "$SYS/x"})
    void who_publishes_elsewhere_than_under_its_own_name_loses_the_connection(String topic) throws Exception {
        try (Client from = Client.login(site, device, "from");
                Client to = Client.login(site, neighbour, "to")) {
            to.subscribe(MqttQoS.AT_MOST_ONCE, "#");

            from.publish(MqttQoS.AT_LEAST_ONCE, topic, "x");

            from.isSentAway();
            to.publish(MqttQoS.AT_MOST_ONCE, neighbour.topic("y"), "y");
            assertThat(to.heard()).isEqualTo(neighbour.topic("y") + " 0 y");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c000", // PINGREQ before CONNECT
                "16030100", // TLS within TLS
                "00", // a type that there is not
                "10ffffffffff", // a length without an end
                "10ffffff7f", // 256 MiB
                "100400044d51", // a CONNECT that breaks off
                "1010000400585858040200000004636c6964" // another protocol
            })
    void bad_packets_end_the_connection_and_not_the_server(String octets) throws Exception {
        try (Client bad = Client.open(site, site.tls(device))) {
            bad.raw(HexFormat.of().parseHex(octets + "00".repeat(200)));
            bad.ends();
        }
        Client.login(site, device, "good").close();
    }

    @Test
    void a_packet_has_a_largest_size_and_a_second_connect_is_one_too_many() throws Exception {
        String fits = String.join("", Collections.nCopies(PlatformEndpoint.MAX_PACKET - 100, "x"));
        try (Client client = Client.login(site, device, "big")) {
            client.publish(MqttQoS.AT_LEAST_ONCE, device.topic("x"), fits);
            assertThat(type(client)).isEqualTo(MqttMessageType.PUBACK);
            try {
                client.publish(MqttQoS.AT_LEAST_ONCE, device.topic("x"), fits + fits);
            } catch (IOException e) {
                assertThat(e).as("the server does not wait for the end of it").isNotNull();
            }
            client.isSentAway();
        }
        try (Client client = Client.login(site, device, "twice")) {
            client.send(Client.hello("twice").build());
            client.isSentAway();
        }
        try (Client client = Client.login(site, device, "exactly once")) {
            client.publish(MqttQoS.EXACTLY_ONCE, device.topic("x"), "x");
            client.isSentAway();
        }
    }

    @Test
    void a_client_that_is_silent_longer_than_it_promised_is_sent_away_and_its_will_is_done() throws Exception {
        try (Client silent = Client.open(site, site.tls(device));
                Client heir = Client.login(site, neighbour, "heir")) {
            heir.subscribe(MqttQoS.AT_LEAST_ONCE, "devices/+/will");
            assertThat(silent.connect(Client.hello("silent")
                            .keepAlive(1)
                            .willFlag(true)
                            .willQoS(MqttQoS.AT_LEAST_ONCE)
                            .willTopic(device.topic("will"))
                            .willMessage("gone".getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(MqttConnectReturnCode.CONNECTION_ACCEPTED);

            silent.isSentAway();

            assertThat(heir.heard()).isEqualTo(device.topic("will") + " 1 gone");
        }
    }

    @Test
    void who_says_goodbye_leaves_no_will() throws Exception {
        try (Client polite = Client.open(site, site.tls(device));
                Client heir = Client.login(site, neighbour, "heir")) {
            heir.subscribe(MqttQoS.AT_MOST_ONCE, "#");
            polite.connect(Client.hello("polite")
                    .willFlag(true)
                    .willTopic(device.topic("will"))
                    .willMessage("gone".getBytes(StandardCharsets.UTF_8)));
            polite.send(MqttMessage.DISCONNECT);
            polite.isSentAway();

            heir.publish(MqttQoS.AT_MOST_ONCE, neighbour.topic("x"), "x");

            assertThat(heir.heard()).isEqualTo(neighbour.topic("x") + " 0 x");
        }
    }

    @Test
    void a_client_id_belongs_to_one_device_which_takes_its_place_when_it_comes_again() throws Exception {
        try (Client first = Client.login(site, device, "id");
                Client thief = Client.open(site, site.tls(neighbour))) {
            assertThat(thief.connect("id")).isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
            thief.isSentAway();

            try (Client second = Client.login(site, device, "id")) {
                first.isSentAway();
                second.send(MqttMessage.PINGREQ);
                assertThat(type(second)).isEqualTo(MqttMessageType.PINGRESP);
            }
        }
    }

    @Test
    void a_login_is_refused_with_the_code_of_the_standard() throws Exception {
        try (Client modern = Client.open(site, site.tls(device))) {
            modern.send(Client.hello("id").protocolVersion(MqttVersion.MQTT_5).build());
            modern.ends(); // after an answer as MQTT 5 has it
        }
        assertThat(refused(Client.hello("").cleanSession(false)))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
        assertThat(refused(Client.hello("id")
                        .willFlag(true)
                        .willTopic(neighbour.topic("x"))
                        .willMessage(new byte[] {1})))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
    }

    @Test
    void two_clients_without_an_id_are_two() throws Exception {
        try (Client one = Client.login(site, device, "");
                Client other = Client.login(site, device, "")) {
            one.subscribe(MqttQoS.AT_MOST_ONCE, "#");
            other.publish(MqttQoS.AT_MOST_ONCE, device.topic("x"), "x");
            assertThat(one.heard()).isEqualTo(device.topic("x") + " 0 x");
        }
    }

    private MqttConnectReturnCode refused(MqttMessageBuilders.ConnectBuilder hello) throws Exception {
        try (Client client = Client.open(site, site.tls(device))) {
            MqttConnectReturnCode code = client.connect(hello);
            client.isSentAway();
            return code;
        }
    }

    private static MqttMessageType type(Client client) throws IOException {
        return Objects.requireNonNull(client.receive()).fixedHeader().messageType();
    }
}
