package dev.rootbeat.module.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.mqtt.ScriptedBroker;
import dev.rootbeat.module.network.SocketError;
import dev.rootbeat.module.network.TestWorld.Peer;
import io.netty.handler.codec.mqtt.MqttMessageType;
import org.junit.jupiter.api.Test;

/** What ubxlib sends when it uses files, MQTT and HTTP, line by line (AT reference, sections 4.2 and 4.3). */
class UbxlibClientsTest {

    private final Host host = Host.registered();

    /** Time for the network. */
    private void play(String transcript) {
        host.play(transcript + "(wait 1s)\n");
    }

    @Test
    void files_are_written_read_and_deleted_with_a_stray_cr_here_and_there() {
        host.play("""
                > AT+UDELFILE="ubxlib_test"
                < +CME ERROR: FILE NOT FOUND
                >
                > AT+UDWNFILE="ubxlib_test",11
                < >
                > hello again      the payload, and a CR
                < OK
                > AT+ULSTFILE=2,"ubxlib_test"
                < +ULSTFILE: 11
                < OK
                > AT+URDFILE="ubxlib_test"
                < +URDFILE: "ubxlib_test",11,"hello again"
                < OK
                > AT+URDBLOCK="ubxlib_test",6,100
                < +URDBLOCK: "ubxlib_test",5,"again"
                < OK
                > AT+ULSTFILE=0
                < +ULSTFILE: "ubxlib_test"
                < OK
                > AT+UDELFILE="ubxlib_test"
                < OK
                >
                > AT+ULSTFILE=0
                < +ULSTFILE:
                < OK
                """);
    }

    @Test
    void mqtt_logs_in_subscribes_publishes_reads_and_logs_out() {
        host.world.listen(1884);
        play("""
                > AT+UMQTT=3,"127.0.0.1",1884
                < OK
                > AT+UMQTT=4,"user","word"
                < OK
                > AT+UMQTT=0,"device"
                < OK
                > AT+UMQTT=0
                < +UMQTT: 0,"device"
                < OK
                > AT+UMQTT=10,60
                < OK
                > AT+UMQTT=10
                < +UMQTT: 10,60
                < OK
                > AT+UMQTT=12,0
                < OK
                > AT+UMQTT=12
                < +UMQTT: 12,0
                < OK
                > AT+UMQTT=11
                < +UMQTT: 11,0
                < OK
                > AT+UMQTT=6,1
                < OK
                > AT+UMQTT=7,0
                < OK
                > AT+UMQTT=8,"will"
                < OK
                > AT+UMQTT=9,"gone"
                < OK
                > AT+UMQTTC=1
                < OK
                """);
        var broker = new ScriptedBroker(host.world);
        assertThat(broker.types()).containsExactly(MqttMessageType.CONNECT);
        broker.accept(false);
        play("""
                < +UUMQTTC: 1,1
                > AT+UMQTTC=8,1
                < OK
                > AT+UMQTTC=4,2,"topic"
                < OK
                """);
        broker.subscribed(1, 2);
        play("""
                < +UUMQTTC: 4,1,2,"topic"
                > AT+UMQTTC=9,1,0,"topic",5
                < >
                > hello
                < OK
                """);
        broker.acknowledge(MqttMessageType.PUBACK, 2);
        broker.publish(1, 1, "topic", "hello");
        broker.publish(2, 1, "topic", "again");
        play("""
                < +UUMQTTC: 9,1
                < +UUMQTTC: 6,1
                < +UUMQTTC: 6,2
                > AT
                < OK
                > AT+UMQTTC=6,1
                < +UMQTTC: 6,1,10,5,"topic",5,"hello"
                < OK
                < +UUMQTTC: 6,1
                > AT+UMQTTC=6,1
                < +UMQTTC: 6,1,10,5,"topic",5,"again"
                < OK
                > AT+UMQTTC=5,"topic"
                < OK
                """);
        broker.acknowledge(MqttMessageType.UNSUBACK, 3);
        play("""
                < +UUMQTTC: 5,1
                > AT+UMQTTC=0
                < OK
                < +UUMQTTC: 0,1
                > AT+UMQTTER
                < +UMQTTER: 0,0
                < OK
                """);
    }

    @Test
    void mqtt_tries_again_after_a_time_out_and_gives_up_after_a_refusal() {
        host.world.silence(1883);
        host.play("""
                > AT+UMQTT=2,"localhost"
                < OK
                > AT+UMQTTC=1
                < OK
                (wait 100s)
                < +UUMQTTC: 1,0
                > AT+UMQTTER
                < +UMQTTER: 13,33
                < OK
                > AT+UMQTT=2,"localhost",1
                < OK
                > AT+UMQTTC=1
                < OK
                (wait 1s)
                < +UUMQTTC: 1,0
                > AT+UMQTTER
                < +UMQTTER: 13,0
                < OK
                """);
    }

    @Test
    void http_gets_a_file_and_reads_it() {
        host.world.listen(80);
        play("""
                > AT+UHTTP=0
                < OK
                > AT+UHTTP=0,0,"127.0.0.1"
                < OK
                > AT+UHTTP=0,4,0
                < OK
                > AT+UHTTP=0,7,30
                < OK
                > AT+UHTTPC=0,1,"/thing.html","ubxlibhttp_0"
                < OK
                """);
        answer("GET /thing.html", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        host.play("""
                < +UUHTTPCR: 0,1,1
                > AT+ULSTFILE=2,"ubxlibhttp_0"
                < +ULSTFILE: 43
                < OK
                > AT+URDFILE="ubxlibhttp_0"
                < +URDFILE: "ubxlibhttp_0",43,"HTTP/1.0 200 OK
                < Content-Length: 5
                < hello"
                < OK
                """);
    }

    @Test
    void http_puts_a_file_and_posts_data_to_a_secure_server_that_fails() {
        host.world.listen(8080);
        play("""
                > AT+UHTTP=0
                < OK
                > AT+UHTTP=0,1,"localhost"
                < OK
                > AT+UHTTP=0,5,8080
                < OK
                > AT+UHTTP=0,2,"user"
                < OK
                > AT+UHTTP=0,3,"word"
                < OK
                > AT+UHTTP=0,4,1
                < OK
                > AT+UHTTP=0,7,30
                < OK
                > AT+UDELFILE="putpost"
                < +CME ERROR: FILE NOT FOUND
                >
                > AT+UDWNFILE="putpost",5
                < >
                > hello
                < OK
                > AT+UHTTPC=0,3,"/thing","response","putpost",6,"application/text"
                < OK
                """);
        answer("PUT /thing", "HTTP/1.0 200 OK\r\n\r\n");
        host.world.peers.getLast().events.ended(SocketError.NONE);
        host.play("""
                < +UUHTTPCR: 0,3,1
                > AT+UHTTP=0,6,1,0
                < OK
                > AT+UHTTP=0,6
                < +UHTTP: 0,6,1,0
                < OK
                > AT+UHTTP=0,5,443
                < OK
                > AT+UHTTPC=0,5,"/thing","response","a=1",6,"application/text"
                < OK
                (wait 1s)
                < +UUHTTPCR: 0,5,0
                > AT+UHTTPER=0
                < +UHTTPER: 0,3,11
                < OK
                """);
    }

    private void answer(String request, String response) {
        Peer server = host.world.peers.getLast();
        assertThat(server.heard()).startsWith(request);
        server.say(response);
    }

    @Test
    void what_clients_had_open_ends_with_the_network_and_with_the_power() {
        host.world.listen(1883);
        play("""
                > AT+UMQTT=2,"localhost"
                < OK
                > AT+UMQTTC=1
                < OK
                """);
        new ScriptedBroker(host.world).accept(false);
        host.play("""
                < +UUMQTTC: 1,1
                > AT+CFUN=4
                < OK
                < +UUMQTTC: 0,101
                > AT+UMQTTER
                < +UMQTTER: 13,34
                < OK
                > AT+UMQTTC=1
                < +CME ERROR: operation not allowed
                > AT+CFUN=1
                < OK
                (wait 10s)
                > AT+UMQTTC=1
                < OK
                (wait 1s)
                """);
        new ScriptedBroker(host.world).accept(false);
        host.play("""
                < +UUMQTTC: 1,1
                (power off)
                """);
        assertThat(host.world.peers.getLast().closed).isTrue();
        host.play("""
                (power on)
                (wait 10s)
                > ATE0
                < ATE0
                < OK
                > AT+UMQTT=2
                < +UMQTT: 2,""
                < OK
                """);
    }
}
