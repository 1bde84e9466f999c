package dev.rootbeat.module.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.at.Conversation;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.module.http.HttpClient;
import dev.rootbeat.module.network.SocketError;
import dev.rootbeat.module.network.TestWorld;
import dev.rootbeat.module.network.TestWorld.Peer;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.Medium;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.sim.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AT reference, section 4.3, with a server in a world of memory. */
class HttpCommandsTest {

    private static final String OK = "\r\nOK\r\n";
    private static final String REFUSED = "\r\n+CME ERROR: operation not allowed\r\n";
    private static final String GOOD = "\r\n+UUHTTPCR: 0,1,1\r\n";
    private static final String BAD = "\r\n+UUHTTPCR: 0,1,0\r\n";

    private final ClientWorld around = new ClientWorld();
    private final TestWorld world = around.world;
    private final VirtualTime time = around.time;
    private final FileStore files = new FileStore(JournalFlash.mount(new MemoryMedium(Medium.BULK_BANK_SIZE)));
    private final HttpClient client = new HttpClient(around.dialer, around.timers, files, around::urcs);
    private final Conversation host = around.plug(new HttpProfileCommands(client), new HttpCommands(client, files));

    private String send(String line) {
        return around.send(line);
    }

    /** Asks a server, which has heard it. */
    private Peer ask(String command) {
        world.listen(80);
        send("AT+UHTTP=0,0,\"127.0.0.1\"");
        assertThat(send("AT+UHTTPC=0," + command)).isEqualTo(OK);
        return world.peers.getLast();
    }

    private Peer get() {
        return ask("1,\"/path?q=1\",\"answer\"");
    }

    private String answer() {
        Bytes content = files.read("answer");
        return content == null ? "none" : new String(content.toArray(), ISO_8859_1);
    }

    private String error() {
        return send("AT+UHTTPER=0").replaceAll("(?s).*UHTTPER: 0,([0-9,]+).*", "$1");
    }

    @Test
    void an_answer_becomes_a_file_with_its_header_and_its_content() {
        Peer server = get();
        assertThat(server.heard()).isEqualTo("GET /path?q=1 HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
        server.say("HTTP/1.0 404 Not here\r\nX-One: 1\r\nContent-Length: 5\r\n");
        assertThat(host.heard()).isEmpty();
        server.say("\r\na\r\n");
        server.say("bc");
        assertThat(host.heard()).isEqualTo(GOOD);
        assertThat(server.closed).isTrue();
        assertThat(answer()).isEqualTo("HTTP/1.0 404 Not here\r\nX-One: 1\r\nContent-Length: 5\r\n\r\na\r\nbc");
        assertThat(error()).isEqualTo("0,0");
        assertThat(time.pending()).isZero();
    }

    @Test
    void a_newer_answer_replaces_an_older_one_and_without_a_name_there_is_a_usual_one() {
        files.write("answer", Bytes.of("a very old answer".getBytes(ISO_8859_1)));
        get().say("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(answer()).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
        ask("1,\"/\",\"\"").say("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(files.exists("http_last_response_0")).isTrue();
    }

    @Test
    void content_ends_with_the_connection_or_with_the_last_chunk() {
        Peer server = get();
        server.say("HTTP/1.1 200 OK\r\n\r\nas much as there is");
        assertThat(host.heard()).isEmpty();
        server.events.ended(SocketError.NONE);
        assertThat(host.heard()).isEqualTo(GOOD);
        assertThat(answer()).endsWith("\r\n\r\nas much as there is");

        get().say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        assertThat(host.heard()).isEqualTo(GOOD);
        assertThat(answer()).endsWith("\r\n\r\nabcde");
    }

    @Test
    void the_answer_to_head_has_no_content_and_interim_answers_do_not_count() {
        Peer server = ask("0,\"/\",\"answer\"");
        assertThat(server.heard()).startsWith("HEAD / HTTP/1.1\r\n");
        server.say("HTTP/1.1 103 Early Hints\r\nX: 1\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        assertThat(host.heard()).isEqualTo("\r\n+UUHTTPCR: 0,0,1\r\n");
        assertThat(answer()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "2,\"/a\",\"answer\"                              | DELETE /a | none                              | ''",
                "3,\"/a\",\"answer\",\"file\",4                   | PUT /a    | application/json                  | {\"a\":1}",
                "4,\"/a\",\"answer\",\"file\",6,\"text/odd\"      | POST /a   | text/odd                          | {\"a\":1}",
                "5,\"/a\",\"answer\",\"a=1&b=2\",0                | POST /a   | application/x-www-form-urlencoded | a=1&b=2",
                "5,\"/a\",\"answer\",\"\",1                       | POST /a   | text/plain                        | ''",
            })
    void each_command_sends_its_method_and_content(String command, String line, String type, String content) {
        files.write("file", Bytes.of("{\"a\":1}".getBytes(ISO_8859_1)));
        Peer server = ask(command.strip());
        assertThat(server.heard()).startsWith(line + " HTTP/1.1\r\n").endsWith("\r\n\r\n" + content);
        if (type.equals("none")) {
            assertThat(server.heard()).doesNotContain("content-");
        } else {
            assertThat(server.heard())
                    .contains("content-type: " + type + "\r\n")
                    .contains("content-length: " + content.length() + "\r\n");
        }
        server.say("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        assertThat(host.heard()).isEqualTo("\r\n+UUHTTPCR: 0," + command.charAt(0) + ",1\r\n");
    }

    @Test
    void a_file_that_is_posted_as_a_form_is_wrapped() {
        files.write("file", Bytes.of("a\0b".getBytes(ISO_8859_1)));
        assertThat(ask("4,\"/a\",\"answer\",\"file\",3").heard())
                .contains("content-type: multipart/form-data; boundary=U1Blox2Http3Unique4Boundary5\r\n")
                .endsWith("""

                        --U1Blox2Http3Unique4Boundary5
                        Content-Disposition: form-data; name="file_post"; filename="file"
                        Content-Length: 3
                        Content-Type: application/octet-stream

                        a\0b
                        --U1Blox2Http3Unique4Boundary5--

                        """.replace("\n", "\r\n"));
    }

    @Test
    void the_profile_is_how_a_server_is_asked() {
        world.listen(8080);
        for (String setting :
                List.of("1,\"localhost\"", "2,\"user\"", "4,1", "5,8080", "7,30", "9,\"0:X-Key:one: two\"")) {
            assertThat(send("AT+UHTTP=1," + setting)).as(setting).isEqualTo(OK);
            String read = "AT+UHTTP=1," + setting.replaceFirst(",.*", "");
            assertThat(send(read)).isEqualTo("\r\n+UHTTP: 1," + setting + "\r\n" + OK);
        }
        send("AT+UHTTP=1,3,\"word\"");
        send("AT+UHTTP=1,9,\"4:User-Agent:me\"");
        send("AT+UHTTPC=1,1,\"/\",\"answer\"");
        assertThat(world.peers.getLast().heard())
                .contains("\r\nhost: localhost:8080\r\n")
                .contains("\r\nauthorization: Basic dXNlcjp3b3Jk\r\n")
                .contains("\r\nX-Key: one: two\r\n")
                .contains("\r\nUser-Agent: me\r\n");
        world.peers.getLast().say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(host.heard()).isEqualTo("\r\n+UUHTTPCR: 1,1,1\r\n");

        assertThat(send("AT+UHTTP=1,9,\"0:\"")).isEqualTo(OK);
        assertThat(send("AT+UHTTP=1,9")).isEqualTo("\r\n+UHTTP: 1,9,\"4:User-Agent:me\"\r\n" + OK);
        assertThat(send("AT+UHTTP=1")).isEqualTo(OK);
        assertThat(send("AT+UHTTP=1,9")).isEqualTo("\r\n+UHTTP: 1,9,\"\"\r\n" + OK);
        assertThat(send("AT+UHTTP=1,1")).isEqualTo("\r\n+UHTTP: 1,1,\"\"\r\n" + OK);
        assertThat(send("AT+UHTTP=1,5")).isEqualTo("\r\n+UHTTP: 1,5,80\r\n" + OK);
        assertThat(send("AT+UHTTP=1,7")).isEqualTo("\r\n+UHTTP: 1,7,180\r\n" + OK);
    }

    @Test
    void the_host_does_not_say_where_a_message_ends() {
        send("AT+UHTTP=0,9,\"0:Content-Length:3\"");
        send("AT+UHTTP=0,9,\"1:Transfer-Encoding:chunked\"");
        assertThat(get().heard()).doesNotContainIgnoringCase("content-length").doesNotContain("chunked");
    }

    @Test
    void a_secure_profile_dials_with_its_tls_profile() {
        world.listen(443);
        send("AT+UHTTP=0,1,\"localhost\"");
        assertThat(send("AT+UHTTP=0,6,1,2")).isEqualTo(OK);
        assertThat(send("AT+UHTTP=0,6")).isEqualTo("\r\n+UHTTP: 0,6,1,2\r\n" + OK);
        assertThat(send("AT+UHTTP=0,5")).as("the usual port").contains("+UHTTP: 0,5,443\r\n");
        send("AT+UHTTPC=0,1,\"/\",\"answer\"");
        assertThat(around.secured).containsExactly("2 TCP localhost 443");
        assertThat(world.peers.getLast().heard()).contains("\r\nhost: localhost\r\n");
        world.peers.getLast().events.ended(SocketError.RESET);
        assertThat(host.heard()).as("the server broke off after the handshake").isEqualTo(BAD);
        assertThat(error()).isEqualTo("3,11");
        world.silence(444);
        send("AT+UHTTP=0,5,444");
        send("AT+UHTTPC=0,1,\"/\",\"answer\"");
        around.dialer.drop();
        assertThat(error()).isEqualTo("10,22");
    }

    @Test
    void a_handshake_that_fails_has_an_error_of_its_own() {
        send("AT+UHTTP=0,1,\"localhost\"");
        send("AT+UHTTP=0,6,1");
        world.silence(443);
        host.send("AT+UHTTPC=0,1,\"/\",\"answer\"\r");
        world.dialled.getLast().ended(SocketError.ABORTED);
        assertThat(host.heard()).contains(BAD);
        assertThat(error()).isEqualTo("3,73");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 fine OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            })
    void what_is_no_http_is_a_failure_and_no_file(String said) {
        Peer server = get();
        server.say(said);
        assertThat(host.heard()).isEqualTo(BAD);
        assertThat(error()).isEqualTo("3,10");
        assertThat(server.closed).isTrue();
        assertThat(answer()).isEqualTo("none");
        assertThat(time.pending()).isZero();
    }

    @Test
    void a_header_without_an_end_and_content_beyond_the_storage_are_given_up() {
        Peer server = get();
        server.say("HTTP/1.1 200 OK\r\nX: " + "x".repeat(10_000));
        assertThat(host.heard()).isEqualTo(BAD);
        server = get();
        server.say("HTTP/1.1 200 OK\r\n\r\n");
        for (int i = 0; i < 33 && !server.closed; i++) {
            server.say("x".repeat(10_000));
        }
        assertThat(server.closed).isTrue();
        assertThat(host.heard()).isEqualTo(BAD);
        assertThat(error()).isEqualTo("3,10");
    }

    @Test
    void an_answer_that_is_cut_off_is_a_failure() {
        get().events.ended(SocketError.NONE);
        assertThat(host.heard()).isEqualTo(BAD);
        Peer server = get();
        server.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
        server.events.ended(SocketError.NONE);
        assertThat(host.heard()).isEqualTo(BAD);
        server = get();
        server.say("HTTP/1.1 200 OK\r\n\r\nabc");
        server.events.ended(SocketError.RESET);
        assertThat(host.heard()).isEqualTo(BAD);
        assertThat(answer()).isEqualTo("none");
    }

    @Test
    void a_server_that_says_nothing_is_given_up_after_the_profiles_time() {
        send("AT+UHTTP=0,7,30");
        Peer server = get();
        time.runFor(Duration.ofSeconds(29));
        server.say("HTTP/1.1 200 OK\r\n");
        time.runFor(Duration.ofSeconds(29));
        assertThat(host.heard()).isEmpty();
        time.runFor(Duration.ofSeconds(2));
        assertThat(host.heard()).isEqualTo(BAD);
        assertThat(error()).isEqualTo("3,11");
        assertThat(server.closed).isTrue();
        assertThat(time.pending()).isZero();
    }

    @Test
    void each_profile_asks_one_thing_at_a_time() {
        Peer server = get();
        assertThat(send("AT+UHTTPC=0,1,\"/\",\"other\"")).isEqualTo(REFUSED);
        send("AT+UHTTP=3,0,\"127.0.0.1\"");
        assertThat(send("AT+UHTTPC=3,1,\"/\",\"other\"")).isEqualTo(OK);
        world.peers.getLast().say("HTTP/1.1 204 No Content\r\n\r\n");
        server.say("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(host.heard()).isEqualTo("\r\n+UUHTTPCR: 3,1,1\r\n" + GOOD);
    }

    @Test
    void without_a_network_or_a_server_nothing_begins() {
        assertThat(send("AT+UHTTPC=0,1,\"/\",\"answer\"")).isEqualTo(REFUSED);
        send("AT+UHTTP=0,0,\"127.0.0.1\"");
        around.online = false;
        assertThat(send("AT+UHTTPC=0,1,\"/\",\"answer\"")).isEqualTo(REFUSED);
        assertThat(error()).isEqualTo("10,22");
        around.online = true;
        assertThat(send("AT+UHTTPC=0,1,\"/\",\"answer\"")).as("nobody listens").isEqualTo(OK + BAD);
        assertThat(error()).isEqualTo("3,11");
        send("AT+UHTTP=0,1,\"nowhere.example.org\"");
        assertThat(send("AT+UHTTPC=0,1,\"/\",\"answer\"")).isEqualTo(OK + BAD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "+UHTTP=?                            | +UHTTP: (0-3)",
                "+UHTTPC=?                           | +UHTTPC: (0-3),(0,1,2,3,4,5),\"\"",
                "+UHTTPER=?                          | +UHTTPER: (0-3)",
                "+UHTTP?                             | +CME ERROR: unknown",
                "+UHTTPER                            | +CME ERROR: unknown",
                "+UHTTP=4                            | +CME ERROR: incorrect parameters",
                "+UHTTP=0,8                          | +CME ERROR: incorrect parameters",
                "+UHTTP=0,3                          | +CME ERROR: incorrect parameters",
                "+UHTTP=0,0,\"\"                     | +CME ERROR: incorrect parameters",
                "+UHTTP=0,1,host                     | +CME ERROR: incorrect parameters",
                "+UHTTP=0,0,\"a b\"                  | +CME ERROR: invalid characters in text string",
                "+UHTTP=0,1,\"a\tb\"                 | +CME ERROR: invalid characters in text string",
                "+UHTTP=0,4,2                        | +CME ERROR: incorrect parameters",
                "+UHTTP=0,5,0                        | +CME ERROR: incorrect parameters",
                "+UHTTP=0,5,65536                    | +CME ERROR: incorrect parameters",
                "+UHTTP=0,5,\"80\"                   | +CME ERROR: incorrect parameters",
                "+UHTTP=0,6,2                        | +CME ERROR: incorrect parameters",
                "+UHTTP=0,6,1,5                      | +CME ERROR: incorrect parameters",
                "+UHTTP=0,7,29                       | +CME ERROR: incorrect parameters",
                "+UHTTP=0,7,181                      | +CME ERROR: incorrect parameters",
                "+UHTTP=0,9,\"5:a:b\"                | +CME ERROR: incorrect parameters",
                "+UHTTP=0,9,\"0:a b:c\"              | +CME ERROR: incorrect parameters",
                "+UHTTPC=0,6,\"/\",\"f\"             | +CME ERROR: incorrect parameters",
                "+UHTTPC=0,1,\"/\"                   | +CME ERROR: incorrect parameters",
                "+UHTTPC=0,1,\"\",\"f\"              | +CME ERROR: incorrect parameters",
                "+UHTTPC=0,1,\"/a b\",\"f\"          | +CME ERROR: incorrect parameters",
                "+UHTTPC=0,1,/,\"f\"                 | +CME ERROR: incorrect parameters",
                "+UHTTPC=0,1,\"/\",\"f\",1           | +CME ERROR: incorrect parameters",
                "+UHTTPC=0,3,\"/\",\"f\",\"none\",1  | +CME ERROR: FILE NOT FOUND",
                "+UHTTPC=0,3,\"/\",\"f\",\"none\"    | +CME ERROR: incorrect parameters",
                "+UHTTPC=0,5,\"/\",\"f\",\"x\",7     | +CME ERROR: incorrect parameters",
                "+UHTTPC=0,5,\"/\",\"f\",\"x\",6     | +CME ERROR: incorrect parameters",
                "+UHTTPER=4                          | +CME ERROR: incorrect parameters",
                "+UHTTPER=0                          | +UHTTPER: 0,0,0",
            })
    void the_table_of_the_commands(String command, String said) {
        assertThat(send("AT" + command.strip())).startsWith("\r\n" + said);
    }

    @Test
    void data_of_more_than_a_command_can_have_is_too_long() {
        String command = "AT+UHTTPC=0,5,\"/\",\"f\",\"";
        assertThat(send(command + "x".repeat(129) + "\",1")).contains("text string too long");
        assertThat(send(command + "x\",6,\"" + "x".repeat(65) + "\"")).contains("text string too long");
    }
}
