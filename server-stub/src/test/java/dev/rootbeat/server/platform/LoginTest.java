package dev.rootbeat.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.PlatformSettings;
import dev.rootbeat.server.model.Registration;
import dev.rootbeat.server.platform.Site.Identity;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may log in to the server's own platform (requirements, section 7). */
@Timeout(180)
class LoginTest {

    private final Site site = new Site();

    LoginTest() throws IOException {}

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_registered_certificate_logs_in_and_is_active_from_then_on(String protocol) throws Exception {
        Identity device = site.registered(site.home, 1);
        assertThat(site.registration(device).state()).isEqualTo(Registration.State.REGISTERED);

        try (Client client = Client.open(site, site.tls(device), protocol)) {
            assertThat(client.connect("any name")).isEqualTo(MqttConnectReturnCode.CONNECTION_ACCEPTED);
        }

        await().untilAsserted(
                        () -> assertThat(site.registration(device).state()).isEqualTo(Registration.State.ACTIVE));
        Registration first = site.registration(device);
        site.clock.step(Duration.ofDays(1));
        Client.login(site, device, "any name").close();
        assertThat(site.registration(device)).isEqualTo(first);
    }

    static Stream<Arguments> reasonsToKeepOut() {
        return Stream.of(
                reason("disabled", Site::disable),
                reason("expired", (site, _) -> site.clock.step(Site.LIFE.plusSeconds(1))),
                reason("not valid yet", (site, _) -> site.clock.step(Duration.ofDays(-1))),
                reason("its Root CA is deleted", (site, _) -> site.write(tx -> tx.deleteRootCa(site.home.id()))),
                reason("revoked, and the list is checked", (site, device) -> {
                    site.revoke(device);
                    checkCrl(site);
                }));
    }

    private static Arguments reason(String name, BiConsumer<Site, Identity> reason) {
        return Arguments.of(Named.of(name, reason));
    }

    private static void checkCrl(Site site) {
        site.write(tx -> tx.save(site.home.with(new PlatformSettings(List.of(PlatformSettings.OWN), true))));
    }

    @ParameterizedTest
    @MethodSource("reasonsToKeepOut")
    void there_are_reasons_to_keep_a_device_out(BiConsumer<Site, Identity> reason) throws Exception {
        Identity device = site.registered(site.home, 1);
        SSLContext tls = site.tls(device);
        Client.login(site, device, "before").close();

        reason.accept(site, device);

        isKeptOut(tls);
    }

    @ParameterizedTest
    @MethodSource("reasonsToKeepOut")
    void who_is_logged_in_already_is_logged_out(BiConsumer<Site, Identity> reason) throws Exception {
        Identity device = site.registered(site.home, 1);
        try (Client client = Client.login(site, device, "before")) {
            reason.accept(site, device);

            client.isSentAway();
        }
    }

    @Test
    void a_revoked_certificate_logs_in_until_the_revocation_list_is_checked() throws Exception {
        Identity device = site.registered(site.home, 1);
        Identity neighbour = site.registered(site.home, 2);
        site.revoke(device);
        Client.login(site, device, "revoked").close();

        checkCrl(site);

        isKeptOut(site.tls(device));
        Client.login(site, neighbour, "not revoked").close();
    }

    @Test
    void an_enabled_certificate_logs_in_again() throws Exception {
        Identity device = site.registered(site.home, 1);
        site.disable(device);
        isKeptOut(site.tls(device));

        site.enable(device);

        Client.login(site, device, "again").close();
    }

    @Test
    void a_certificate_that_is_not_registered_is_refused_also_if_a_root_ca_signed_it() throws Exception {
        isKeptOut(site.tls(site.unregistered(site.home, 1)));
    }

    @Test
    void the_certificate_of_another_with_an_own_key_is_refused() throws Exception {
        Identity device = site.registered(site.home, 1);
        isKeptOut(site.tls(new Identity(site.p256.generateKeyPair(), device.certificate())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_resumed_tls_session_is_judged_too(String protocol) throws Exception {
        Identity device = site.registered(site.home, 1);
        SSLContext tls = site.tls(device);
        for (int i = 0; i < 2; i++) {
            try (Client client = Client.open(site, tls, protocol)) {
                assertThat(client.connect("resumed")).isEqualTo(MqttConnectReturnCode.CONNECTION_ACCEPTED);
            }
        }
        site.disable(device);

        isKeptOut(tls, protocol);
    }

    @Test
    void a_client_without_a_certificate_is_refused() throws Exception {
        isKeptOut(site.tls(null));
    }

    @Test
    void hosts_import_the_platforms_ca_once() throws Exception {
        Identity device = site.registered(site.home, 1);
        SSLContext tls = site.tls(device);
        Bytes ca = site.ca();

        site.restart();

        assertThat(site.ca()).isEqualTo(ca);
        try (Client client = Client.open(site, tls)) {
            assertThat(client.connect("again")).isEqualTo(MqttConnectReturnCode.CONNECTION_ACCEPTED);
            assertThat(client.subscribe(MqttQoS.AT_MOST_ONCE, "#")).containsExactly(0);
        }
    }

    /** The handshake fails, or the connection ends before anything is said. */
    private void isKeptOut(SSLContext tls, String... protocols) {
        try (Client client = Client.open(site, tls, protocols)) {
            client.send(Client.hello("kept out").build());
            client.isSentAway();
        } catch (IOException e) {
            assertThat(e).as("a TLS alert").isNotNull();
        }
    }
}
