package dev.rootbeat.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {

    private final Targets targets = new Targets(List.of("hooks.example", "192.0.2.7", "[2001:DB8::1]"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.0.0.1:9000/hook?a=b",
                "HTTPS://127.255.0.1",
                "http://localhost:9000/hook",
                "http://LocalHost/",
                "http://[::1]:9000/",
                "http://[::ffff:127.0.0.1]/",
                "https://hooks.example/path",
                "https://HOOKS.example:8443/",
                "http://192.0.2.7/",
                "http://[2001:db8:0::1]/"
            })
    void loopback_and_what_was_allowed_is_allowed(String url) {
        assertThat(targets.problem(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.8/",
                "http://10.0.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://0.0.0.0/",
                "http://[::]/",
                "http://[::ffff:10.0.0.1]/",
                "http://[2001:db8::2]/",
                "http://example.com/",
                "http://sub.hooks.example/",
                "http://hooks.example.evil.example/",
                "http://localhost.evil.example/",
                "http://localhost./",
                "http://127.0.0.1.nip.io/",
                "http://3232235521/"
            })
    void every_other_host_is_refused_and_names_are_never_looked_up(String url) {
        assertThat(targets.problem(url))
                .hasValueSatisfying(problem -> assertThat(problem).contains("does not allow"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:9000",
                "ftp://127.0.0.1/",
                "file:///etc/passwd",
                "//127.0.0.1/",
                "http:///path",
                "http://user:password@127.0.0.1/",
                "http://127.0.0.1@example.com/",
                "http://127.0.0.1/#fragment",
                "http://127.0.0.1/a b",
                "http://127.0.0.1\r\nHost: example.com/",
                "http://under_score/",
                "http://192.168.1/",
                "http://127.0.0.1:port/"
            })
    void what_is_no_plain_http_url_is_refused(String url) {
        assertThat(targets.problem(url)).isPresent();
    }
}
