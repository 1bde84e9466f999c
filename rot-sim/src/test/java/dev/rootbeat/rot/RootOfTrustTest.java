package dev.rootbeat.rot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.CertificateRef;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.KeyAlgorithm;
import dev.rootbeat.rot.protocol.Refusal;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.SlotReport;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What each command does, seen in reports, results and credentials, and that a restart changes nothing. */
class RootOfTrustTest {

    private final P256 p256 = new DeterministicP256(new SplittableRandom(1));
    private final TestAuthority authority = TestAuthority.root(p256, "root");
    private final TestDevice device = new TestDevice(p256, new MemoryMedium());

    @Test
    void it_starts_with_empty_slots_and_nothing_to_tell() {
        assertThat(device.rot.uid()).isEqualTo(TestDevice.IDENTITY.uid());
        assertThat(device.rot.report())
                .containsExactly(SlotReport.empty(0), SlotReport.empty(1), SlotReport.empty(2), SlotReport.empty(3));
        assertThat(device.rot.unacknowledged()).isEmpty();
        assertThat(device.rot.credential(TestDevice.SLOT)).isEmpty();
        assertThat(device.rot.credential(-1)).isEmpty();
    }

    @Test
    void its_channel_key_is_the_one_that_the_server_derives() {
        assertThat(device.rot.channelKey())
                .isEqualTo(KeyHierarchy.channelKey(TestDevice.IDENTITY.rootSecret()))
                .extracting(Bytes::size)
                .isEqualTo(16);
    }

    @Test
    void counters_grow_with_every_heartbeat_and_every_boot() {
        assertThat(device.rot.nextCounter()).isEqualTo(new Counter(1, 1));
        assertThat(device.rot.nextCounter()).isEqualTo(new Counter(1, 2));

        device.reboot();

        assertThat(device.rot.nextCounter()).isEqualTo(new Counter(2, 1));
    }

    @Test
    void a_generated_key_is_pending_and_its_request_proves_possession() {
        Bytes key = device.newKey();

        assertThat(device.reportAlsoAfterReboot()).isEqualTo(new SlotReport(TestDevice.SLOT, null, null, key.sha256()));
        assertThat(device.rot.credential(TestDevice.SLOT)).isEmpty();
    }

    @Test
    void a_second_generated_key_takes_the_place_of_the_pending_one() {
        device.newKey();
        Bytes second = device.newKey();

        assertThat(device.reportAlsoAfterReboot().pendingKey()).isEqualTo(second.sha256());
    }

    @Test
    void the_first_certificate_makes_the_pending_key_active() {
        Bytes key = device.newKey();
        Bytes certificate = authority.issue(key);
        Command set = device.setCertificate(certificate, authority.certificate());

        assertThat(device.run(set)).isEqualTo(new Result.Done(set.id()));

        assertThat(device.reportAlsoAfterReboot()).isEqualTo(active(key, certificate, 2));
        Credential credential = device.rot.credential(TestDevice.SLOT).orElseThrow();
        assertThat(credential.chain()).containsExactly(certificate);
        assertThat(credential.trustAnchors()).containsExactly(authority.certificate());
        assertSignsFor(credential, key);
    }

    @Test
    void renewing_keeps_the_key_and_a_pending_key_stays_pending() {
        Bytes key = device.provision(authority);
        Bytes pending = device.newKey();
        Bytes renewed = authority.issue(key);

        device.done(device.setCertificate(renewed, authority.certificate()));

        SlotReport report = device.reportAlsoAfterReboot();
        assertThat(report.activeKey()).isEqualTo(key.sha256());
        assertThat(report.certificate()).isEqualTo(new CertificateRef(renewed.sha256(), BigInteger.valueOf(3)));
        assertThat(report.pendingKey()).isEqualTo(pending.sha256());
    }

    @Test
    void updating_keeps_the_old_credential_until_the_new_certificate_comes() {
        Bytes oldKey = device.provision(authority);
        Bytes newKey = device.newKey();
        assertThat(device.report().activeKey()).isEqualTo(oldKey.sha256());
        assertSignsFor(device.rot.credential(TestDevice.SLOT).orElseThrow(), oldKey);
        Bytes certificate = authority.issue(newKey);

        device.done(device.setCertificate(certificate, authority.certificate()));

        assertThat(device.reportAlsoAfterReboot()).isEqualTo(active(newKey, certificate, 3));
        assertSignsFor(device.rot.credential(TestDevice.SLOT).orElseThrow(), newKey);
    }

    @Test
    void transferring_brings_another_issuer_and_its_trust_anchor() {
        Bytes key = device.provision(authority);
        TestAuthority other = TestAuthority.root(p256, "other");
        Bytes certificate = other.issue(key);

        device.done(device.setCertificate(certificate, other.certificate()));

        assertThat(device.reportAlsoAfterReboot()).isEqualTo(active(key, certificate, 2));
        assertThat(device.rot.credential(TestDevice.SLOT).orElseThrow().trustAnchors())
                .containsExactly(other.certificate());
    }

    @Test
    void the_same_certificate_once_more_is_done() {
        Bytes key = device.newKey();
        Bytes certificate = authority.issue(key);

        device.done(device.setCertificate(certificate, authority.certificate()));
        device.done(device.setCertificate(certificate, authority.certificate()));

        assertThat(device.report()).isEqualTo(active(key, certificate, 2));
    }

    @Test
    void deleting_removes_both_keys_and_the_certificate_and_can_be_repeated() {
        device.provision(authority);
        device.newKey();

        device.done(device.delete());

        assertThat(device.reportAlsoAfterReboot()).isEqualTo(SlotReport.empty(TestDevice.SLOT));
        assertThat(device.rot.credential(TestDevice.SLOT)).isEmpty();
        device.done(device.delete());
    }

    @Test
    void a_certificate_for_a_deleted_key_is_refused() {
        Bytes key = device.provision(authority);
        device.done(device.delete());

        Command set = device.setCertificate(authority.issue(key), authority.certificate());

        assertThat(device.run(set)).isEqualTo(new Result.Refused(set.id(), Refusal.KEY_MISMATCH));
    }

    @Test
    void slots_do_not_touch_each_other() {
        device.provision(authority);
        SlotReport managed = device.report();

        device.run(new Command.GenerateKeyPair(1000, 3, KeyAlgorithm.P256));
        device.run(new Command.DeleteCredential(1001, 1));

        assertThat(device.reportAlsoAfterReboot()).isEqualTo(managed);
        assertThat(device.rot.report().get(3).pendingKey()).isNotNull();
    }

    @Test
    void reading_shows_the_chain_and_nothing_of_an_empty_slot() {
        Command empty = device.readCertificate();
        assertThat(device.run(empty)).isEqualTo(new Result.CertificateRead(empty.id(), List.of()));
        TestAuthority intermediate = authority.intermediate("intermediate");
        Bytes certificate = intermediate.issue(device.newKey());
        device.done(device.setCertificate(
                List.of(certificate, intermediate.certificate()), List.of(authority.certificate())));

        Command read = device.readCertificate();

        assertThat(device.run(read))
                .isEqualTo(new Result.CertificateRead(read.id(), List.of(certificate, intermediate.certificate())));
    }

    @Test
    void an_unknown_command_is_unsupported() {
        assertThat(device.run(new Command.Unknown(77, 99))).isEqualTo(new Result.Unsupported(77));
    }

    @Test
    void no_private_key_is_in_the_text_of_anything() {
        device.provision(authority);
        Credential credential = device.rot.credential(TestDevice.SLOT).orElseThrow();
        String secret = HexFormat.of().formatHex(scalar(credential.privateKey()));
        Slot slot = new Slot(null, new Slot.StoredKey(Bytes.of(scalar(credential.privateKey())), Bytes.EMPTY));

        assertThat(List.of(credential, slot, device.rot.report(), device.rot.unacknowledged(), device.rot))
                .allSatisfy(thing -> assertThat(thing.toString()).doesNotContainIgnoringCase(secret));
        assertThat(TestDevice.IDENTITY.toString())
                .doesNotContain(TestDevice.IDENTITY.rootSecret().hex());
        assertThat(device.rot.unacknowledged())
                .allSatisfy(result -> assertThat(result.toString()).doesNotContain(secret));
    }

    private static byte[] scalar(PrivateKey key) {
        byte[] pkcs8 = key.getEncoded();
        return Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length);
    }

    private static SlotReport active(Bytes key, Bytes certificate, long serialNumber) {
        return new SlotReport(
                TestDevice.SLOT,
                key.sha256(),
                new CertificateRef(certificate.sha256(), BigInteger.valueOf(serialNumber)),
                null);
    }

    private void assertSignsFor(Credential credential, Bytes key) {
        byte[] message = {1, 2, 3};
        try {
            assertThat(p256.verify(p256.publicKey(key.toArray()), message, p256.sign(credential.privateKey(), message)))
                    .isTrue();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
