package dev.rootbeat.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.sim.SimNetwork;
import dev.rootbeat.sim.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class ModuleTest {

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-24T00:00:00Z"));
    private final ScheduledExecutorService executor = time.executor("module");
    private final SimNetwork network = new SimNetwork(time.executor("network"), new SplittableRandom(1));
    private final MemoryMedium medium = new MemoryMedium();

    private ModuleBuilder builder(long seed) {
        return Module.builder(executor, time, new SplittableRandom(seed), (uid, key, on) -> network.channel(uid, on));
    }

    @Test
    void a_module_on_used_storage_is_the_same_device_after_a_reboot() {
        Module first =
                builder(1).product(Product.ALEX_R510M8S_01B).medium(medium).start();
        time.runFor(Duration.ofSeconds(1));
        long boot = first.rootOfTrust().nextCounter().boot();
        first.close();
        Module second = builder(2).medium(medium).start();
        time.runFor(Duration.ofSeconds(1));
        assertThat(second.uid()).isEqualTo(first.uid());
        assertThat(second.imei()).isEqualTo(first.imei());
        assertThat(second.product()).isEqualTo(Product.ALEX_R510M8S_01B);
        assertThat(second.rootOfTrust().nextCounter().boot()).isEqualTo(boot + 1);
    }

    @Test
    void storage_of_another_device_is_refused_naming_what_differs() {
        Module module = builder(1).medium(medium).build();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> builder(2).medium(medium).uid(new RotPublicUid(7)).build())
                .withMessage("the stored state is of the device with RoTPublicUID " + module.uid()
                        + ", not 0000000000000007");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> builder(2).medium(medium).imei("357862090326242").build())
                .withMessageContaining("IMEI " + module.imei());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(2)
                        .medium(medium)
                        .product(Product.SARA_R500S_01B)
                        .build())
                .withMessageContaining("product SARA-R510M8S-01B-00, not SARA-R500S-01B-00");
        assertThat(builder(2)
                        .medium(medium)
                        .uid(module.uid())
                        .imei(module.imei())
                        .build()
                        .uid())
                .isEqualTo(module.uid());
    }

    @Test
    void the_same_randomness_makes_the_same_device() {
        assertThat(builder(5).build().uid()).isEqualTo(builder(5).build().uid());
        assertThat(builder(5).build().imei()).isEqualTo(builder(5).build().imei());
        assertThat(builder(5).build().uid()).isNotEqualTo(builder(6).build().uid());
    }

    @Test
    void the_channel_key_follows_from_the_master_secret_and_the_uid() {
        RotPublicUid uid = RotPublicUid.parse("0a04f008003c9623");
        Module one = builder(1).uid(uid).build();
        Module same = builder(2).uid(uid).build();
        Module other = builder(3)
                .uid(uid)
                .master(Bytes.ofHex("00112233445566778899aabbccddeeff"))
                .build();
        one.powerOn();
        same.powerOn();
        other.powerOn();
        assertThat(one.rootOfTrust().channelKey())
                .isEqualTo(same.rootOfTrust().channelKey())
                .isNotEqualTo(other.rootOfTrust().channelKey());
    }

    @Test
    void a_product_without_secure_element_runs_without_root_of_trust_and_heartbeats() {
        Module module = builder(1).product(Product.SARA_R500E_01B).start();
        time.runFor(Duration.ofDays(2));
        assertThat(module.isOn()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(module::security)
                .withMessageContaining("SARA-R500E-01B-00 has no Root of Trust");
        assertThat(time.pending()).isZero();
    }

    @Test
    void a_module_whose_security_is_switched_off_sends_no_heartbeats_from_the_next_boot_on() {
        Module module = builder(1).medium(medium).start();
        time.runFor(Duration.ofSeconds(1));
        module.connect(_ -> {}).input("AT+USECMODE=0\r".getBytes(StandardCharsets.US_ASCII));
        module.reboot();
        assertThat(time.pending()).isZero();
        module.connect(_ -> {}).input("AT+USECMODE=1\r".getBytes(StandardCharsets.US_ASCII));
        module.reboot();
        assertThat(time.pending()).isPositive();
    }

    @Test
    void a_module_without_power_does_nothing() {
        Module module = builder(1).start();
        time.runFor(Duration.ofSeconds(1));
        module.powerOff();
        time.runFor(Duration.ofDays(1));
        assertThat(module.isOn()).isFalse();
        assertThat(time.pending()).isZero();
        assertThatIllegalStateException().isThrownBy(module::rootOfTrust).withMessageContaining("off");
        module.reboot();
        assertThat(module.isOn()).isTrue();
    }

    @Test
    void a_host_that_is_plugged_in_later_finds_the_module_on_its_network() {
        Module module = builder(1).start();
        time.runFor(Duration.ofHours(1));
        var heard = new StringBuilder();
        AtPort port = module.connect(octets -> heard.append(new String(octets, StandardCharsets.US_ASCII)));
        port.input("ATE0+CGATT?;+CGACT?\r".getBytes(StandardCharsets.US_ASCII));
        assertThat(heard).contains("+CGATT: 1").contains("+CGACT: 1,1").endsWith("OK\r\n");
    }
}
