package dev.rootbeat.rot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.CertificateRequests;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.KeyAlgorithm;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import java.util.List;

/** A Root of Trust on a medium in memory, with the commands that tests give it. */
final class TestDevice {

    static final RotIdentity IDENTITY =
            new RotIdentity(RotPublicUid.parse("0002a5b0c1d2e3f4"), Bytes.ofHex("5e".repeat(32)));

    static final int SLOT = SlotReport.MANAGED;

    final P256 p256;
    final MemoryMedium medium;
    RootOfTrust rot;
    private long lastId;

    TestDevice(P256 p256, MemoryMedium medium) {
        this.p256 = p256;
        this.medium = medium;
        this.rot = boot();
    }

    /** Lets go of all memory and starts again on the same medium. */
    void reboot() {
        rot = boot();
    }

    private RootOfTrust boot() {
        try {
            return RootOfTrust.boot(IDENTITY, JournalFlash.mount(medium), p256);
        } catch (Flash.StorageFull e) {
            throw new IllegalStateException(e);
        }
    }

    Result run(Command command) {
        return rot.execute(command, TestAuthority.NOW);
    }

    Command.GenerateKeyPair generateKeyPair() {
        return new Command.GenerateKeyPair(++lastId, SLOT, KeyAlgorithm.P256);
    }

    Command.SetCertificate setCertificate(Bytes certificate, Bytes anchor) {
        return setCertificate(List.of(certificate), List.of(anchor));
    }

    Command.SetCertificate setCertificate(List<Bytes> chain, List<Bytes> anchors) {
        return new Command.SetCertificate(++lastId, SLOT, chain, anchors);
    }

    Command.DeleteCredential delete() {
        return new Command.DeleteCredential(++lastId, SLOT);
    }

    Command.ReadCertificate readCertificate() {
        return new Command.ReadCertificate(++lastId, SLOT);
    }

    /** Generates a pending key and returns its SubjectPublicKeyInfo, taken from the request as a server would. */
    Bytes newKey() {
        return keyOf(run(generateKeyPair()));
    }

    /** Gives the slot its first certificate and returns the SubjectPublicKeyInfo of its key. */
    Bytes provision(TestAuthority authority) {
        Bytes key = newKey();
        done(setCertificate(authority.issue(key), authority.certificate()));
        return key;
    }

    /** Runs a command that must succeed. */
    void done(Command command) {
        assertThat(run(command)).isEqualTo(new Result.Done(command.id()));
    }

    Bytes keyOf(Result result) {
        if (result instanceof Result.KeyPairGenerated generated
                && CertificateRequests.verify(p256, IDENTITY.uid(), generated.certificateRequest())
                        instanceof Decoded.Message<Bytes>(Bytes key)) {
            return key;
        }
        throw new AssertionError("no certificate request: " + result);
    }

    SlotReport report() {
        return rot.report().get(SLOT);
    }

    SlotReport reportAlsoAfterReboot() {
        SlotReport before = report();
        reboot();
        assertThat(report()).isEqualTo(before);
        return before;
    }
}
