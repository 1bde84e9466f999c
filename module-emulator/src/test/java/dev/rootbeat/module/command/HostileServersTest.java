package dev.rootbeat.module.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.Conversation;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.module.http.HttpClient;
import dev.rootbeat.module.mqtt.MqttClient;
import dev.rootbeat.module.mqtt.MqttProfile;
import dev.rootbeat.module.network.SocketError;
import dev.rootbeat.module.network.TestWorld.Peer;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.MemoryMedium;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a server says, nothing breaks, and the host hears the end of it once. */
class HostileServersTest {

    private static final List<String> SOUND_HTTP = List.of(
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "Content-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\n",
            "\r\n",
            "5\r\nabcde\r\n",
            "0\r\n\r\n",
            "abcde",
            ": ");

    private static final List<String> SOUND_MQTT = List.of(
            " \2\0\0", // the login is accepted
            "0\4\0\1tm", // messages of each quality of service
            "2\6\0\1t\0\1m",
            "4\6\0\1t\0\1m",
            "b\2\0\1", // acknowledgements of each kind
            "@\2\0\1",
            "P\2\0\1",
            "p\2\0\1",
            "\u0090\3\0\1\1",
            "\u00b0\2\0\1",
            "\u00d0\0");

    @Property(tries = 1000)
    void of_an_http_server(@ForAll("http") List<String> pieces, @ForAll SocketError end) {
        var around = new ClientWorld();
        FileStore files = files();
        var client = new HttpClient(around.dialer, around.timers, files, around::urcs);
        Conversation host = around.plug(new HttpProfileCommands(client), new HttpCommands(client, files));
        around.world.listen(80);
        around.send("AT+UHTTP=0,0,\"127.0.0.1\"");
        around.send("AT+UHTTPC=0,1,\"/\",\"answer\"");
        talk(around, pieces, end);
        assertThat(host.heard()).containsPattern("\\A\r\n\\+UUHTTPCR: 0,1,[01]\r\n\\z");
        assertThat(around.time.pending()).isZero();
        assertThat(around.send("AT+UHTTPC=0,1,\"/\",\"answer\"")).startsWith("\r\nOK\r\n");
    }

    @Property(tries = 1000)
    void of_an_mqtt_broker(@ForAll("mqtt") List<String> pieces, @ForAll SocketError end) {
        var around = new ClientWorld();
        FileStore files = files();
        var profile = new MqttProfile();
        var settings = new Settings(JournalFlash.mount(new MemoryMedium()), Map.of());
        var client = new MqttClient(around.dialer, around.timers, around::urcs);
        Conversation host = around.plug(
                new MqttProfileCommands(profile, settings, Host.IMEI),
                new MqttCommands(client, profile, files, Host.IMEI));
        around.world.listen(1883);
        around.send("AT+UMQTT=3,\"127.0.0.1\"");
        around.send("AT+UMQTTC=1");
        talk(around, pieces, end);
        String said = host.heard();
        boolean wasOnline = said.startsWith("\r\n+UUMQTTC: 1,1\r\n");
        assertThat(said).endsWith(wasOnline ? "\r\n" : "\r\n+UUMQTTC: 1,0\r\n");
        assertThat(said.split("UUMQTTC: 0,10[12]\r\n", -1)).hasSize(wasOnline ? 2 : 1);
        assertThat(around.time.pending()).isZero();
        assertThat(around.send("AT+UMQTTC=1")).startsWith("\r\nOK\r\n");
    }

    private static FileStore files() {
        return new FileStore(JournalFlash.mount(new MemoryMedium(16 * 1024)));
    }

    private static void talk(ClientWorld around, List<String> pieces, SocketError end) {
        Peer server = around.world.peers.getLast();
        for (String piece : pieces) {
            if (!server.closed) {
                server.say(piece);
            }
        }
        if (!server.closed) {
            server.events.ended(end);
        }
    }

    @Provide
    Arbitrary<List<String>> http() {
        return pieces(SOUND_HTTP);
    }

    @Provide
    Arbitrary<List<String>> mqtt() {
        return Combinators.combine(Arbitraries.of(SOUND_MQTT.getFirst(), ""), pieces(SOUND_MQTT))
                .as((first, more) -> {
                    var all = new ArrayList<>(more);
                    all.addFirst(first);
                    return all;
                });
    }

    /** Sound parts and chance octets in any order. */
    private static Arbitrary<List<String>> pieces(List<String> sound) {
        Arbitrary<String> chance =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(octets -> new String(octets, ISO_8859_1));
        return Arbitraries.oneOf(Arbitraries.of(sound), Arbitraries.of(sound), chance)
                .list()
                .ofMaxSize(12);
    }
}
