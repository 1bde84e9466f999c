package dev.rootbeat.module.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.fault.Faults;
import dev.rootbeat.sim.SimNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The interface for those who make things go wrong from outside. */
@Timeout(60)
class ControlPortTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final RealWorld world = RealWorld.open(1);
    private final PluggedModule module = world.start(loop -> {
        var network = new SimNetwork(loop, new SplittableRandom(1));
        return Module.builder(
                        loop, InstantSource.system(), new SplittableRandom(1), (uid, _, on) -> network.channel(uid, on))
                .imei("357862090326242");
    });
    private ControlPort control;
    private String url;

    @BeforeEach
    void listen() throws IOException {
        control = ControlPort.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        url = control.add(module);
    }

    @AfterEach
    void close() {
        control.close();
        world.close();
        client.close();
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        URI uri = URI.create(url.replaceFirst("/modules/1$", "") + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What a call is answered with that goes well. */
    private String said(String method, String path, String body) throws Exception {
        HttpResponse<String> response = call(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    @Test
    void faults_are_added_listed_and_removed() throws Exception {
        assertThat(said("GET", "/modules/1/faults", "")).isEmpty();
        assertThat(said("POST", "/modules/1/faults", "1 times AT+CSQ error 3\n"))
                .isEqualTo("1 once AT+CSQ error operation not allowed\n");
        said("POST", "/modules/1/faults", "AT+CGMI reply  two  blanks");
        assertThat(said("GET", "/modules/1/faults", "")).isEqualTo("""
                        1 once AT+CSQ error operation not allowed
                        2 AT+CGMI reply  two  blanks
                        """);
        assertThat(said("DELETE", "/modules/1/faults/1", "")).isEmpty();
        assertThat(said("GET", "/modules/1/faults", "")).isEqualTo("2 AT+CGMI reply  two  blanks\n");
        assertThat(said("DELETE", "/modules/1/faults", "")).isEmpty();
        assertThat(said("GET", "/modules/1/faults", "")).isEmpty();
    }

    @Test
    void a_fault_that_was_added_is_met_by_a_host() throws Exception {
        said("POST", "/modules/1/faults", "AT reply met");
        var heard = new StringBuilder();
        module.run(() -> module.module()
                .connect(octets -> heard.append(new String(octets, StandardCharsets.US_ASCII)))
                .input(new byte[] {'A', 'T', '\r'}));
        assertThat(heard).contains("met");
    }

    @Test
    void the_power_is_worked_and_the_state_is_told() throws Exception {
        String on = "1 " + module.module().uid() + " SARA-R510M8S-01B-00 imei 357862090326242 on registered faults 0\n";
        String off = on.replace("on registered", "off");
        assertThat(said("GET", "/modules/1", "")).isEqualTo(on);
        assertThat(said("POST", "/modules/1/power", "off")).isEqualTo(off);
        assertThat(said("GET", "/modules", "")).isEqualTo(off);
        assertThat(said("POST", "/modules/1/power", "on")).isEqualTo(on);
        long boot =
                module.call(() -> module.module().rootOfTrust().nextCounter().boot());
        assertThat(said("POST", "/modules/1/power", "reboot")).isEqualTo(on);
        assertThat(module.<Long>call(
                        () -> module.module().rootOfTrust().nextCounter().boot()))
                .isEqualTo(boot + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET    | /                    |              | 404 | there are /modules, /modules/N, /modules/N/power and",
                "GET    | /modules/1/fault     |              | 404 | there are /modules",
                "GET    | /modules/2           |              | 404 | there are the modules 1 to 1, not 2",
                "GET    | /modules/0           |              | 404 | there are the modules 1 to 1, not 0",
                "DELETE | /modules/1/faults/7  |              | 404 | there is no fault 7",
                "POST   | /modules             |              | 405 | POST is not for /modules",
                "DELETE | /modules/1           |              | 405 | DELETE is not for /modules/1",
                "GET    | /modules/1/power     |              | 405 | GET is not for /modules/1/power",
                "PUT    | /modules/1/faults/7  |              | 405 | PUT is not for /modules/1/faults/7",
                "POST   | /modules/1/power     | up           | 400 | switched on, off or reboot, not \"up\"",
                "POST   | /modules/1/faults    | AT+CSQ break | 400 | \"AT+CSQ break\", character 8: \"break\" is one of",
                "POST   | /modules/1/faults    |              | 400 | \"\", character 1: \"\" is no command",
            })
    void what_makes_no_sense_is_refused_saying_why(String method, String path, String body, int status, String why)
            throws Exception {
        HttpResponse<String> response = call(method, path, body == null ? "" : body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(why).endsWith("\n");
    }

    @Test
    void there_is_an_end_to_what_is_taken() throws Exception {
        assertThat(call("POST", "/modules/1/faults", "A".repeat(64 * 1024 + 1)).statusCode())
                .isEqualTo(413);
        for (int i = 0; i < Faults.MAX_FAULTS; i++) {
            said("POST", "/modules/1/faults", "AT hang");
        }
        assertThat(call("POST", "/modules/1/faults", "AT hang").body()).isEqualTo("a module has at most 256 faults\n");
    }
}
