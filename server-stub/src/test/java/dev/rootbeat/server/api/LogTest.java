package dev.rootbeat.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.crypto.KeyId;
import dev.rootbeat.rot.crypto.KeyId.Use;
import dev.rootbeat.server.api.RestClient.Answer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What happens is logged; what must stay secret is not, however much is logged. */
class LogTest {

    private static final String SECRET = "an-api-secret-of-which-no-log-knows";
    private static final String WEBHOOK_SECRET = "a-webhook-secret-of-which-no-log-knows";

    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.rootbeat");
    private final Lines lines = new Lines();

    @BeforeEach
    void log_everything() {
        lines.start();
        ours.setLevel(Level.TRACE);
        ours.addAppender(lines);
    }

    @AfterEach
    void log_as_before() {
        ours.detachAppender(lines);
        ours.setLevel(null);
    }

    @Test
    void calls_and_deliveries_are_logged_and_no_secret_is(@TempDir Path folder) throws Exception {
        TwoDomains.fill(folder);
        var pskId = new KeyId(Use.PSK_16, TwoDomains.DEVICE, 7);
        var header = Base64.getEncoder()
                .encodeToString(new KeyId(Use.END_TO_END_V1, TwoDomains.DEVICE, 8)
                        .encode()
                        .toArray());
        Answer tokens;
        Answer psk;
        Answer key;
        try (var server = TwoDomains.restart(folder, () -> TwoDomains.START, TwoDomains.LIMITS, SECRET);
                var client = new RestClient(server.httpUrl())) {
            String credentials = "{\"APIKey\":\"" + TwoDomains.KEY + "\",\"APISecret\":\"" + SECRET + "\"}";
            tokens = client.post("/v1/authenticate", null, credentials);
            String token = tokens.text("AuthToken");
            client.post("/v1/authenticate", null, credentials + SECRET);
            client.post("/v1/authenticate", null, "{\"APIKey\":\"" + SECRET + "\",\"APISecret\":\"" + SECRET + "1\"}");
            client.post("/v1/authenticate/refresh", null, "{\"RefreshToken\":\"" + tokens.text("RefreshToken") + "\"}");
            psk = client.post(
                    "/v1/psk/get", token, "{\"PSKID\":\"" + pskId.encode().hex() + "\"}");
            key = client.post(
                    "/v1/e2e/uplink/protectionparameters/get", token, "{\"EncryptedHeader\":\"" + header + "\"}");
            client.post(
                    "/v1/notification/webhook/create",
                    token,
                    "{\"URL\":\"http://127.0.0.1:9/\",\"Secret\":\"" + WEBHOOK_SECRET
                            + "\",\"Events\":[\"ROOT_CA_EXPIRING\"]}");
            client.post(
                    "/v1/notification/webhook/deadletter/redeliver",
                    token,
                    "{\"WebhookID\":\"" + TwoDomains.WEBHOOK + "\",\"DeadLetterIDs\":[\"" + TwoDomains.DEVICE
                            + ".1\"]}");
            await().untilAsserted(() -> assertThat(lines.all)
                    .anyMatch(line -> line.contains("a webhook was told") && line.contains("Failed")));
        }
        assertThat(lines.all).anyMatch(line -> line.contains("a call is answered") && line.contains("/v1/psk/get"));
        assertThat(lines.all)
                .noneMatch(line -> List.of(
                                SECRET,
                                WEBHOOK_SECRET,
                                tokens.text("AuthToken"),
                                tokens.text("RefreshToken"),
                                psk.text("PSK"),
                                key.text("Key"),
                                KeyHierarchy.TEST_MASTER.hex(),
                                KeyHierarchy.rootSecret(KeyHierarchy.TEST_MASTER, TwoDomains.DEVICE)
                                        .hex(),
                                "PRIVATE KEY")
                        .stream()
                        .peek(secret -> assertThat(secret).hasSizeGreaterThan(8))
                        .anyMatch(line::contains));
    }

    /** Lines with all that events say. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final Queue<String> all = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            all.add(event.getFormattedMessage() + " " + event.getKeyValuePairs() + " "
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    }
}
