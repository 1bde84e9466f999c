package dev.rootbeat.rot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.KeyAlgorithm;
import dev.rootbeat.rot.protocol.Refusal;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.SlotReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Which certificates a Root of Trust refuses; every refusal leaves what it had. */
class SetCertificateTest {

    private final P256 p256 = new DeterministicP256(new SplittableRandom(3));
    private final TestAuthority root = TestAuthority.root(p256, "root");
    private final TestDevice device = new TestDevice(p256, new MemoryMedium());
    private final Bytes key = device.provision(root);
    private final Bytes certificate = root.issue(key);

    @Test
    void a_slot_that_does_not_exist_is_refused_to_every_command() {
        for (int slot : List.of(-1, RootOfTrust.SLOTS, SlotReport.MAX_SLOT)) {
            for (Command command : List.of(
                    new Command.GenerateKeyPair(100 + slot, slot, KeyAlgorithm.P256),
                    new Command.SetCertificate(200 + slot, slot, List.of(certificate), List.of(root.certificate())),
                    new Command.DeleteCredential(300 + slot, slot),
                    new Command.ReadCertificate(400 + slot, slot))) {
                assertRefused(command, Refusal.NO_SUCH_SLOT);
            }
        }
    }

    @Test
    void a_chain_is_accepted_with_and_without_its_root() {
        TestAuthority intermediate = root.intermediate("intermediate");
        Bytes own = intermediate.issue(key);

        device.done(device.setCertificate(List.of(own, intermediate.certificate()), List.of(root.certificate())));
        device.done(device.setCertificate(
                List.of(own, intermediate.certificate(), root.certificate()), List.of(root.certificate())));
        device.done(device.setCertificate(List.of(own), List.of(intermediate.certificate())));
    }

    @Test
    void one_of_several_trust_anchors_is_enough() {
        Bytes other = TestAuthority.root(p256, "other").certificate();

        device.done(device.setCertificate(List.of(certificate), List.of(other, root.certificate())));
    }

    @Test
    void a_certificate_for_a_foreign_key_is_refused() {
        Bytes foreign = Bytes.of(p256.generateKeyPair().getPublic().getEncoded());

        assertRefused(device.setCertificate(root.issue(foreign), root.certificate()), Refusal.KEY_MISMATCH);
    }

    @Test
    void a_chain_that_does_not_end_at_a_trust_anchor_is_refused() {
        TestAuthority other = TestAuthority.root(p256, "other");
        TestAuthority sameName = TestAuthority.root(p256, "root");
        TestAuthority intermediate = root.intermediate("intermediate");
        Bytes own = intermediate.issue(key);

        assertRefused(device.setCertificate(certificate, other.certificate()), Refusal.BAD_CHAIN);
        assertRefused(device.setCertificate(certificate, sameName.certificate()), Refusal.BAD_CHAIN);
        assertRefused(device.setCertificate(own, root.certificate()), Refusal.BAD_CHAIN);
        assertRefused(
                device.setCertificate(List.of(own, root.certificate()), List.of(root.certificate())),
                Refusal.BAD_CHAIN);
        assertRefused(
                device.setCertificate(
                        List.of(own, other.intermediate("intermediate").certificate()), List.of(other.certificate())),
                Refusal.BAD_CHAIN);
    }

    @Test
    void a_device_certificate_issues_nothing() {
        TestAuthority impostor = root.device("impostor");

        assertRefused(
                device.setCertificate(
                        List.of(impostor.issue(key), impostor.certificate()), List.of(root.certificate())),
                Refusal.BAD_CHAIN);
    }

    @Test
    void an_empty_chain_or_no_trust_anchor_is_refused() {
        assertRefused(device.setCertificate(List.of(), List.of(root.certificate())), Refusal.BAD_CHAIN);
        assertRefused(device.setCertificate(List.of(certificate), List.of()), Refusal.BAD_CHAIN);
    }

    @Test
    void what_is_not_exactly_one_der_certificate_is_refused() {
        byte[] der = certificate.toArray();
        Bytes longer = Bytes.of(Arrays.copyOf(der, der.length + 1));
        Bytes shorter = Bytes.of(Arrays.copyOf(der, der.length - 1));
        Bytes pem = Bytes.of(("-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(der) + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII));
        for (Bytes bad : List.of(Bytes.EMPTY, longer, shorter, pem)) {
            assertRefused(device.setCertificate(bad, root.certificate()), Refusal.BAD_CHAIN);
            assertRefused(device.setCertificate(certificate, bad), Refusal.BAD_CHAIN);
        }
    }

    @Test
    void every_changed_bit_of_a_certificate_is_refused() {
        long id = 1000;
        for (int i = 0; i < certificate.size(); i++) {
            byte[] changed = certificate.toArray();
            changed[i] ^= (byte) (1 << i % 8);
            Command set = new Command.SetCertificate(
                    id++, TestDevice.SLOT, List.of(Bytes.of(changed)), List.of(root.certificate()));

            assertThat(device.run(set)).as("octet %d", i).isInstanceOf(Result.Refused.class);
        }
        assertThat(device.report().activeKey()).isEqualTo(key.sha256());
    }

    @Test
    void a_certificate_is_taken_within_its_validity_only_both_ends_included() {
        Instant from = Instant.parse("2026-06-01T12:00:00Z");
        Instant to = Instant.parse("2026-06-02T12:00:00Z");
        Bytes oneDay = root.issue(key, from, to);
        Duration second = Duration.ofSeconds(1);

        for (Instant outside : List.of(from.minus(second), to.plus(second), Instant.MIN, Instant.MAX)) {
            Command set = device.setCertificate(oneDay, root.certificate());
            assertThat(device.rot.execute(set, outside)).isEqualTo(new Result.Refused(set.id(), Refusal.NOT_VALID_NOW));
        }
        for (Instant inside : List.of(from, to)) {
            Command set = device.setCertificate(oneDay, root.certificate());
            assertThat(device.rot.execute(set, inside)).isEqualTo(new Result.Done(set.id()));
        }
    }

    @Test
    void a_chain_that_could_not_be_read_out_again_is_refused() {
        List<Bytes> chain = Collections.nCopies(20, certificate);

        assertRefused(device.setCertificate(chain, List.of(root.certificate())), Refusal.STORAGE_FULL);
    }

    private void assertRefused(Command command, Refusal refusal) {
        List<SlotReport> before = device.rot.report();

        assertThat(device.run(command)).isEqualTo(new Result.Refused(command.id(), refusal));

        assertThat(device.rot.report()).isEqualTo(before);
        device.reboot();
        assertThat(device.rot.report()).isEqualTo(before);
    }
}
