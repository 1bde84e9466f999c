package dev.rootbeat.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.event.Sender.Answer;
import dev.rootbeat.server.model.Delivery;
import dev.rootbeat.server.model.Event;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Webhook;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages over real HTTP. */
class HttpSenderTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);

    @AfterEach
    void stop() throws InterruptedException {
        executor.shutdownNow();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_receiver_gets_a_post_whose_signature_openssl_verifies() throws Exception {
        try (var receiver = new Receiver(Receiver.saying(OK))) {
            assertThat(send(receiver.url(), LONG)).isEqualTo(new Answer.Taken());
            Receiver.Request request = receiver.requests().getFirst();
            assertThat(request.line()).isEqualTo("POST /hook HTTP/1.1");
            assertThat(request.headers()).containsEntry("content-type", "application/json");
            String signature = request.headers().getOrDefault("rootbeat-signature", "");
            assertThat(signature).matches("t=1795910400,v1=[0-9a-f]{64}");
            assertThat(openssl("1795910400." + request.body()))
                    .endsWith(signature.substring(signature.indexOf("v1=") + 3));
        }
    }

    @Test
    void an_answer_other_than_2xx_is_a_failure_and_a_redirect_is_not_followed() throws Exception {
        try (var target = new Receiver(Receiver.saying(OK));
                var receiver = new Receiver(Receiver.saying("HTTP/1.1 307 Temporary Redirect\r\nLocation: "
                        + target.url() + "\r\nContent-Length: 0\r\n\r\n"));
                var broken = new Receiver(Receiver.saying("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(send(receiver.url(), LONG))
                    .isEqualTo(new Answer.Failed("it answered 307, and redirects are not followed"));
            assertThat(target.requests()).isEmpty();
            assertThat(send(broken.url(), LONG)).isEqualTo(new Answer.Failed("it answered 500"));
        }
    }

    @Test
    void a_target_that_is_not_allowed_is_refused_before_anything_is_sent() throws Exception {
        assertThat(send("http://192.0.2.1/hook", LONG))
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.reason()).contains("does not allow"));
    }

    @Test
    void nobody_who_listens_is_a_failure() throws Exception {
        int port;
        try (var taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        assertThat(send("http://127.0.0.1:" + port, LONG)).isEqualTo(new Answer.Failed("nobody listens there"));
    }

    @Test
    void a_receiver_that_says_nothing_or_drips_is_given_up_at_the_time_out() throws Exception {
        var end = new CountDownLatch(1);
        Receiver.Answering dripping = to -> {
            OutputStream out = to.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            while (!end.await(50, TimeUnit.MILLISECONDS)) {
                out.write('.');
            }
        };
        try (var silent = new Receiver(_ -> end.await());
                var drip = new Receiver(dripping)) {
            for (String url : List.of(silent.url(), drip.url())) {
                assertThat(send(url, TIMEOUT)).isEqualTo(new Answer.Failed("there was no whole answer within 1000 ms"));
            }
            end.countDown();
        }
    }

    @Test
    void of_an_oversized_answer_no_more_than_a_little_is_read() throws Exception {
        var written = new AtomicLong();
        try (var receiver = new Receiver(to -> {
            OutputStream out = to.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            var chunk = new byte[64 * 1024];
            while (written.get() < 1_000_000_000) {
                out.write(chunk);
                written.addAndGet(chunk.length);
            }
        })) {
            assertThat(send(receiver.url(), LONG)).isEqualTo(new Answer.Taken());
            // What was written beyond the limit lay in buffers of the two sockets.
            assertThat(written.get()).isLessThan(100_000_000);
        }
    }

    @Test
    void what_is_no_http_is_a_failure() throws Exception {
        try (var receiver = new Receiver(Receiver.saying("hello\r\n\r\n"));
                var mute = new Receiver(_ -> {})) {
            for (String url : List.of(receiver.url(), mute.url())) {
                assertThat(send(url, LONG))
                        .isInstanceOfSatisfying(
                                Answer.Failed.class,
                                failed -> assertThat(failed.reason()).startsWith("the exchange broke off: "));
            }
        }
    }

    private Answer send(String url, Duration timeout) throws Exception {
        var webhook = new Webhook("w", "home", url, "a secret with ümlaut", List.of());
        var event = new Event(
                7,
                new Notification(
                        "home",
                        new RotPublicUid(1),
                        Notification.Kind.DEVICE_SEALED,
                        "serial \"ß\"",
                        Instant.parse("2026-11-24T00:00:00Z")));
        Message message = Message.of(webhook, new Delivery("w", event, 0), Instant.parse("2026-11-29T00:00:00.9Z"));
        try (var sender = new HttpSender(executor, new Targets(List.of()), timeout)) {
            return sender.send(message).get(30, TimeUnit.SECONDS);
        }
    }

    private static String openssl(String signed) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", "a secret with ümlaut")
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(signed.getBytes(StandardCharsets.ISO_8859_1)); // as the receiver read it: octet by octet
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        return said;
    }
}
