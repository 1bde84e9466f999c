package dev.rootbeat.module.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.Conversation;
import dev.rootbeat.module.network.Carrier;
import dev.rootbeat.module.network.Connection;
import dev.rootbeat.module.network.Names;
import dev.rootbeat.module.network.SocketError;
import dev.rootbeat.module.network.Sockets;
import dev.rootbeat.module.network.TestWorld;
import dev.rootbeat.module.network.TestWorld.Peer;
import dev.rootbeat.module.network.Timers;
import dev.rootbeat.sim.VirtualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AT reference, section 4.1, with plain sockets in a world of memory. */
class SocketCommandsTest {

    private static final String OK = "\r\nOK\r\n";
    private static final String REFUSED = "\r\n+CME ERROR: operation not allowed\r\n";
    private static final int PORT = 7;

    private boolean online = true;
    private boolean hexMode;
    private long carried;
    private final VirtualTime time = new VirtualTime(Instant.EPOCH);
    private final TestWorld world = new TestWorld(time.executor("world"));
    private final Names names = new Names(Map.of("echo.example.org", InetAddress.ofLiteral("192.0.2.1")));
    private final List<String> secured = new ArrayList<>();
    private final Sockets sockets = new Sockets(
            world,
            (profile, protocol, localPort, to, host, events) ->
                    secured(profile + " " + protocol + " " + host, to, events),
            names,
            new Carrier() {
                @Override
                public boolean isOnline() {
                    return online;
                }

                @Override
                public void count(long sent, long received) {
                    carried += sent + received;
                }
            },
            new Timers(time.executor("sockets")),
            this::urcs);
    private final Conversation host = new Conversation(
            new SocketCommands(sockets, names, this::urcs), new SocketDataCommands(sockets, () -> hexMode));

    private void urcs(Function<AtSession, Optional<String>> line) {
        host.urcs(line);
    }

    private Connection secured(String how, InetSocketAddress to, Connection.Events events) {
        secured.add(how);
        return world.connect(0, to, events);
    }

    private String send(String line) {
        String said = host.send(line + "\r");
        time.runFor(Duration.ofMillis(1));
        return said + host.heard();
    }

    private Peer connect() {
        world.listen(PORT);
        assertThat(send("AT+USOCR=6")).isEqualTo("\r\n+USOCR: 0\r\n" + OK);
        assertThat(send("AT+USOCO=0,\"127.0.0.1\"," + PORT)).isEqualTo(OK);
        return world.peers.getLast();
    }

    @Test
    void octets_go_to_a_peer_and_back() {
        Peer peer = connect();
        assertThat(send("AT+USOWR=0,5")).isEqualTo("\r\n@");
        assertThat(host.send("a\r\nb\0")).isEqualTo("\r\n+USOWR: 0,5\r\n" + OK);
        assertThat(send("AT+USOWR=0,2,\"hi\"")).isEqualTo("\r\n+USOWR: 0,2\r\n" + OK);
        assertThat(peer.heard()).isEqualTo("a\r\nb\0hi");
        peer.say("one\r\n");
        assertThat(host.heard()).isEqualTo("\r\n+UUSORD: 0,5\r\n");
        peer.say("\"two\"");
        assertThat(host.heard()).as("told once until something is read").isEmpty();
        assertThat(send("AT+USORD=0,0")).isEqualTo("\r\n+USORD: 0,10\r\n" + OK);
        assertThat(send("AT+USORD=0,7")).isEqualTo("\r\n+USORD: 0,7,\"one\r\n\"t\"\r\n" + OK + "\r\n+UUSORD: 0,3\r\n");
        assertThat(send("AT+USORD=0,1024")).isEqualTo("\r\n+USORD: 0,3,\"wo\"\"\r\n" + OK);
        assertThat(send("AT+USORD=0,10")).isEqualTo("\r\n+USORD: 0,0,\"\"\r\n" + OK);
        assertThat(send("AT+USOCTL=0,2")).contains("+USOCTL: 0,2,7");
        assertThat(send("AT+USOCTL=0,3")).contains("+USOCTL: 0,3,10");
        assertThat(carried).isEqualTo(17);
        assertThat(send("AT+USOCTL=0,4")).contains("+USOCTL: 0,4,\"127.0.0.1\",7");
        assertThat(send("AT+USOCTL=0,10")).contains("+USOCTL: 0,10,4");
        assertThat(send("AT+USOCL=0")).isEqualTo(OK);
        assertThat(peer.closed).isTrue();
        assertThat(send("AT+USOCL=0")).isEqualTo(REFUSED);
        assertThat(send("AT+USOER")).isEqualTo("\r\n+USOER: 9\r\n" + OK);
    }

    @Test
    void what_a_peer_said_before_it_ended_can_be_read_before_the_host_is_told() {
        Peer peer = connect();
        peer.say("bye");
        peer.events.ended(SocketError.NONE);
        assertThat(host.heard()).isEqualTo("\r\n+UUSORD: 0,3\r\n");
        assertThat(send("AT+USOCTL=0,10")).contains("+USOCTL: 0,10,7");
        assertThat(send("AT+USOWR=0,1,\"x\"")).isEqualTo(REFUSED);
        assertThat(send("AT+USORD=0,9")).isEqualTo("\r\n+USORD: 0,3,\"bye\"\r\n" + OK + "\r\n+UUSOCL: 0\r\n");
        assertThat(send("AT+USOCR=6")).as("the number is free again").contains("+USOCR: 0");
    }

    @Test
    void a_broken_connection_is_told_with_its_error() {
        connect().events.ended(SocketError.RESET);
        assertThat(host.heard()).isEqualTo("\r\n+UUSOCL: 0\r\n");
        assertThat(send("AT+USOER")).contains("+USOER: 104");
    }

    @Test
    void a_port_where_nobody_listens_refuses_and_can_be_tried_again() {
        send("AT+USOCR=6");
        assertThat(send("AT+USOCO=0,\"127.0.0.1\",7")).isEqualTo(REFUSED);
        assertThat(send("AT+USOER")).contains("+USOER: 111");
        assertThat(send("AT+USOCTL=0,1")).contains("+USOCTL: 0,1,111");
        world.listen(PORT);
        assertThat(send("AT+USOCO=0,\"127.0.0.1\",7")).isEqualTo(OK);
        assertThat(send("AT+USOCO=0,\"127.0.0.1\",7")).isEqualTo(REFUSED);
        assertThat(send("AT+USOER")).contains("+USOER: 106");
    }

    @Test
    void a_peer_that_is_silent_is_given_up_after_a_time_or_by_the_host() {
        world.silence(PORT);
        send("AT+USOCR=6");
        assertThat(send("AT+USOCO=0,\"127.0.0.1\",7")).isEmpty();
        time.runFor(Duration.ofSeconds(121));
        assertThat(host.heard()).isEqualTo(REFUSED);
        assertThat(send("AT+USOER")).contains("+USOER: 110");
        assertThat(send("AT+USOCO=0,\"127.0.0.1\",7")).isEmpty();
        assertThat(host.send(" \r")).isEqualTo("\r\nABORTED\r\n");
        assertThat(time.pending()).isZero();
        world.listen(PORT);
        assertThat(send("AT+USOCO=0,\"127.0.0.1\",7")).isEqualTo(OK);
    }

    @Test
    void names_are_those_of_the_map() {
        assertThat(send("AT+UDNSRN=0,\"Echo.example.org\"")).isEqualTo("\r\n+UDNSRN: \"192.0.2.1\"\r\n" + OK);
        assertThat(send("AT+UDNSRN=0,\"192.0.2.9\"")).isEqualTo("\r\n+UDNSRN: \"192.0.2.9\"\r\n" + OK);
        assertThat(send("AT+UDNSRN=1,\"192.0.2.1\"")).isEqualTo("\r\n+UDNSRN: \"echo.example.org\"\r\n" + OK);
        assertThat(send("AT+UDNSRN=0,\"example.org\"")).isEqualTo(REFUSED);
        send("AT+USOCR=6");
        assertThat(send("AT+USOCO=0,\"example.org\",7")).isEqualTo(REFUSED);
        assertThat(send("AT+USOER")).contains("+USOER: 113");
    }

    @Test
    void without_a_network_nothing_connects_and_when_it_is_lost_all_sockets_end() {
        connect();
        send("AT+USOCR=17");
        sockets.drop();
        assertThat(host.heard()).isEqualTo("\r\n+UUSOCL: 0\r\n\r\n+UUSOCL: 1\r\n");
        online = false;
        send("AT+USOCR=6");
        assertThat(send("AT+USOCO=0,\"127.0.0.1\",7")).isEqualTo(REFUSED);
        assertThat(send("AT+USOER")).contains("+USOER: 100");
    }

    @Test
    void there_are_seven_sockets() {
        for (int i = 0; i < 7; i++) {
            assertThat(send("AT+USOCR=17")).contains("+USOCR: " + i);
        }
        assertThat(send("AT+USOCR=6")).isEqualTo(REFUSED);
        assertThat(send("AT+USOER")).contains("+USOER: 105");
        send("AT+USOCL=3");
        assertThat(send("AT+USOCR=6")).contains("+USOCR: 3");
    }

    @Test
    void datagrams_go_to_anyone_and_come_from_anyone() {
        send("AT+USOCR=17,5000");
        assertThat(send("AT+USOST=0,\"192.0.2.1\",53,3")).isEqualTo("\r\n@");
        assertThat(host.send("abc")).isEqualTo("\r\n+USOST: 0,3\r\n" + OK);
        assertThat(send("AT+USOST=0,\"echo.example.org\",54,2,\"hi\"")).contains("+USOST: 0,2");
        assertThat(world.datagrams).containsExactly("192.0.2.1:53 abc", "192.0.2.1:54 hi");
        datagram("192.0.2.1", "one");
        datagram("192.0.2.2", "two");
        assertThat(host.heard()).isEqualTo("\r\n+UUSORF: 0,3\r\n");
        assertThat(send("AT+USORF=0,0")).isEqualTo("\r\n+USORF: 0,6\r\n" + OK);
        assertThat(send("AT+USORF=0,2"))
                .isEqualTo("\r\n+USORF: 0,\"192.0.2.1\",53,2,\"on\"\r\n" + OK + "\r\n+UUSORF: 0,4\r\n");
        assertThat(send("AT+USORF=0,1024")).contains("+USORF: 0,\"192.0.2.1\",53,1,\"e\"");
        assertThat(send("AT+USORD=0,1024")).contains("+USORD: 0,3,\"two\"");
        assertThat(send("AT+USORF=0,1024")).contains("+USORF: 0,\"0.0.0.0\",0,0,\"\"");
        send("AT+USOCL=0");
        assertThat(world.ports).isEmpty();
    }

    @Test
    void a_connected_datagram_socket_writes_to_its_peer() {
        send("AT+USOCR=17");
        assertThat(send("AT+USOCO=0,\"192.0.2.1\",53")).isEqualTo(OK);
        assertThat(send("AT+USOWR=0,2,\"hi\"")).contains("+USOWR: 0,2");
        assertThat(world.datagrams).containsExactly("192.0.2.1:53 hi");
        assertThat(send("AT+USOCTL=0,10")).isEqualTo(REFUSED);
    }

    private void datagram(String from, String text) {
        world.ports
                .getFirst()
                .received(
                        new InetSocketAddress(InetAddress.ofLiteral(from), 53),
                        text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void a_port_that_is_taken_ends_the_socket() {
        send("AT+USOCR=17,5000");
        send("AT+USOST=0,\"192.0.2.1\",53,2,\"hi\"");
        world.ports.getFirst().ended(SocketError.ADDRESS_IN_USE);
        assertThat(host.heard()).isEqualTo("\r\n+UUSOCL: 0\r\n");
        assertThat(send("AT+USOER")).contains("+USOER: 98");
    }

    @Test
    void a_peer_waits_while_the_host_does_not_read_and_datagrams_are_lost() {
        Peer peer = connect();
        peer.say("x".repeat(16 * 1024));
        assertThat(peer.paused).isTrue();
        send("AT+USORD=0,1");
        assertThat(peer.paused).isFalse();
        send("AT+USOCR=17");
        send("AT+USOST=1,\"192.0.2.1\",53,2,\"hi\"");
        for (int i = 0; i < 20; i++) {
            datagram("192.0.2.1", "x".repeat(1000));
        }
        assertThat(send("AT+USORF=1,0")).contains("+USORF: 1,16000");
    }

    @Test
    void a_peer_that_does_not_read_makes_the_host_wait() {
        Peer peer = connect();
        peer.writable = false;
        assertThat(send("AT+USOWR=0,2,\"hi\"")).isEqualTo(REFUSED);
        assertThat(send("AT+USOER")).contains("+USOER: 11");
    }

    @Test
    void in_hex_mode_quoted_octets_are_digits_and_those_behind_the_prompt_are_not() {
        hexMode = true;
        Peer peer = connect();
        assertThat(send("AT+USOWR=0,3,\"00aBff\"")).contains("+USOWR: 0,3");
        send("AT+USOWR=0,2");
        host.send("hi");
        assertThat(peer.heard()).isEqualTo("\0\u00ab\u00ffhi");
        peer.say("\u00ff\0");
        assertThat(send("AT+USORD=0,2")).contains("+USORD: 0,2,\"FF00\"");
        assertThat(send("AT+USOWR=0,2,\"xyz1\"")).contains("incorrect parameters");
        assertThat(send("AT+USOWR=0,2,\"00\"")).contains("incorrect parameters");
    }

    @Test
    void a_secure_socket_is_opened_with_its_profile() {
        world.listen(PORT);
        send("AT+USOCR=6");
        assertThat(send("AT+USOSEC=0")).contains("+USOSEC: 0,0");
        assertThat(send("AT+USOSEC=0,1,3")).isEqualTo(OK);
        assertThat(send("AT+USOSEC=0")).contains("+USOSEC: 0,1,3");
        assertThat(send("AT+USOCO=0,\"localhost\",7")).isEqualTo(OK);
        assertThat(secured).containsExactly("3 TCP localhost");
        assertThat(send("AT+USOSEC=0,0")).isEqualTo(REFUSED);
        send("AT+USOCR=17");
        send("AT+USOSEC=1,1");
        assertThat(send("AT+USOCO=1,\"localhost\",7")).isEqualTo(OK);
        assertThat(secured).last().isEqualTo("0 UDP localhost");
        assertThat(send("AT+USOST=1,\"localhost\",7,2,\"hi\"")).isEqualTo(REFUSED);
    }

    @Test
    void a_socket_may_be_closed_later() {
        connect();
        assertThat(send("AT+USOCL=0,1")).isEqualTo(OK + "\r\n+UUSOCL: 0\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "0,0,1         | 0         | 0,0,1,16",
                "0,0,2         | 255       | 0,0,2,64",
                "0,6,1         | 0         | 0,6,1,1",
                "0,6,2         | 7200000   | 0,6,2,1000",
                "0,65535,4     | 0         | 0,65535,4,1",
                "0,65535,8     | 0         | 0,65535,8,1",
                "0,65535,32    | 0         | 0,65535,32,1",
                "0,65535,128   | 0,0       | 0,65535,128,1,5000",
            })
    void options_are_kept_and_read_back(String read, String initial, String set) {
        send("AT+USOCR=6");
        assertThat(send("AT+USOGO=" + read)).isEqualTo("\r\n+USOGO: " + initial + "\r\n" + OK);
        assertThat(send("AT+USOSO=" + set)).isEqualTo(OK);
        assertThat(send("AT+USOGO=" + read)).isEqualTo("\r\n+USOGO: " + set.substring(read.length() + 1) + "\r\n" + OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+USOCR=",
                "+USOCR=7",
                "+USOCR=\"6\"",
                "+USOCR=6,65536",
                "+USOCR=6,1,1",
                "+USOSEC=7,1",
                "+USOSEC=0,2",
                "+USOSEC=0,1,5",
                "+USOCO=0",
                "+USOCO=7,\"127.0.0.1\",7",
                "+USOCO=0,127.0.0.1,7",
                "+USOCO=0,\"127.0.0.1\",0",
                "+USOCO=0,\"127.0.0.1\",65536",
                "+USOCO=0,\"\",7",
                "+USOWR=0",
                "+USOWR=0,0",
                "+USOWR=0,1025",
                "+USOWR=0,3,\"ab\"",
                "+USOWR=0,3,abc",
                "+USOST=0,\"127.0.0.1\",7",
                "+USOST=0,\"127.0.0.1\",7,1025",
                "+USOST=0,\"127.0.0.1\",7,3,\"ab\"",
                "+USORD=0",
                "+USORD=0,1025",
                "+USORD=\"0\",1",
                "+USORF=0",
                "+USORF=0,-1",
                "+USOCL=",
                "+USOCL=7",
                "+USOCL=0,2",
                "+USOCTL=0",
                "+USOCTL=0,5",
                "+USOSO=0,65535,4",
                "+USOSO=0,65535,5,1",
                "+USOSO=0,65535,4,1,1",
                "+USOSO=0,65535,128,1",
                "+USOGO=0,65535",
                "+USOGO=0,65535,5",
                "+UDNSRN=2,\"a\"",
                "+UDNSRN=0",
                "+UDNSRN=0,\"\"",
            })
    void what_makes_no_sense_is_refused(String command) {
        send("AT+USOCR=17");
        assertThat(send("AT" + command)).isEqualTo("\r\n+CME ERROR: incorrect parameters\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+USOSEC=1,1",
                "+USOSEC=1",
                "+USOCO=1,\"127.0.0.1\",7",
                "+USOWR=1,3",
                "+USOWR=1,3,\"abc\"",
                "+USOST=1,\"127.0.0.1\",7,3",
                "+USORD=1,0",
                "+USORF=1,0",
                "+USOCL=1",
                "+USOCTL=1,0",
                "+USOSO=1,65535,4,1",
                "+USOGO=1,65535,4"
            })
    void a_socket_that_was_not_made_is_refused(String command) {
        assertThat(send("AT" + command)).isEqualTo(REFUSED);
        assertThat(send("AT+USOER")).contains("+USOER: 9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "+USOCR | (6,17),(0-65535)",
                "+USORD | (0-6),(0-1024)",
                "+USOCL | (0-6),(0,1)",
                "+USOCTL | (0-6),(0,1,2,3,4,10,11)",
                "+UDNSRN | (0,1),\"\"",
            })
    void a_test_command_shows_what_can_be_set(String command, String shown) {
        assertThat(send("AT" + command + "=?")).isEqualTo("\r\n" + command + ": " + shown + "\r\n" + OK);
    }
}
