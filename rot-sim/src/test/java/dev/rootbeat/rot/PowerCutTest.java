package dev.rootbeat.rot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.PowerCutExplorer.Content;
import dev.rootbeat.rot.Slot.Active;
import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Flash.StorageFull;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.KeyAlgorithm;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A power cut at every step of every storage write of every operation, recovery included, leaves exactly one active
 * credential, the old or the new one, and the operation converges (protocol, sections 4 and 5).
 */
class PowerCutTest {

    private static final int BANK = 4096;
    private static final int PAD_OVERHEAD = 27;
    private static final int LARGE_PAD = 256;
    private static final int BOOT_STEPS = 39;

    private static final Command.GenerateKeyPair GENERATE =
            new Command.GenerateKeyPair(101, TestDevice.SLOT, KeyAlgorithm.P256);

    private final P256 p256 = p256(1);
    private final TestAuthority authority = TestAuthority.root(p256, "authority");
    private final TestAuthority other = TestAuthority.root(p256, "other");
    private final P256 oldKeys = new RememberedP256(p256(2));
    private final P256 newKeys = new RememberedP256(p256(3));
    private final Bytes key = new TestDevice(oldKeys, new MemoryMedium(BANK)).newKey();
    private final Bytes newKey = new TestDevice(newKeys, new MemoryMedium(BANK)).newKey();
    private final Map<List<Object>, Bytes> issued = new HashMap<>();

    /**
     * What a device does when the power fails.
     *
     * <p>The numbers are the least of steps in its writes where the journal grows, and where it moves: a smaller number
     * means that writes have become smaller, or that cuts are left out.
     */
    enum Operation {
        BOOT(Start.PROVISIONED, 39, 1115),
        GENERATE_KEY(Start.BLANK, 456, 491),
        SET_FIRST_CERTIFICATE(Start.PENDING, 1080, 1115),
        RENEW(Start.PROVISIONED, 1090, 1125),
        UPDATE(Start.PROVISIONED, 2818, 2832),
        TRANSFER(Start.PROVISIONED, 1077, 1112),
        DELETE(Start.PROVISIONED, 304, 324),
        ACKNOWLEDGE(Start.PROVISIONED, 280, 1115),
        READ_CERTIFICATE(Start.PROVISIONED, 591, 1426),
        REFUSED_CERTIFICATE(Start.PROVISIONED, 290, 1125);

        private final Start start;
        private final long cuts;
        private final long cutsWhenMoving;

        Operation(Start start, long cuts, long cutsWhenMoving) {
            this.start = start;
            this.cuts = cuts;
            this.cutsWhenMoving = cutsWhenMoving;
        }
    }

    private enum Start {
        BLANK,
        PENDING,
        PROVISIONED
    }

    @ParameterizedTest
    @EnumSource
    void the_power_fails_while_the_journal_grows(Operation operation) {
        explore(operation, start(operation.start), operation.cuts);
    }

    @ParameterizedTest
    @EnumSource
    void the_power_fails_while_the_journal_moves_to_the_other_bank(Operation operation) throws StorageFull {
        explore(operation, almostFull(start(operation.start)), operation.cutsWhenMoving);
    }

    private void explore(Operation operation, MemoryMedium start, long leastCuts) {
        PowerCutExplorer explorer = new PowerCutExplorer(newKeys, start, actions(operation));
        List<Content> contents = explorer.explore();
        System.out.printf(
                "power cuts: %-20s %5d steps, and %6d of recoveries%n",
                operation, explorer.cuts(), explorer.recoveryCuts());

        assertThat(explorer.cuts()).isGreaterThanOrEqualTo(leastCuts);
        for (Content content : contents) {
            boolean mayBeEmpty = operation.start != Start.PROVISIONED
                    || (operation == Operation.DELETE && content.equals(contents.getLast()));
            assertOneWorkingCredential(content, mayBeEmpty);
        }
    }

    /** What the operation does, each action with one write. */
    private List<Consumer<TestDevice>> actions(Operation operation) {
        return switch (operation) {
            case BOOT -> List.of(TestDevice::reboot);
            case GENERATE_KEY -> List.of(device -> device.run(GENERATE));
            case SET_FIRST_CERTIFICATE -> List.of(device -> set(device, authority, key));
            case RENEW -> List.of(device -> set(device, authority, key));
            case UPDATE -> List.of(device -> device.run(GENERATE), device -> set(device, authority, newKey));
            case TRANSFER -> List.of(device -> set(device, other, key));
            case DELETE -> List.of(device -> device.done(new Command.DeleteCredential(102, TestDevice.SLOT)));
            case ACKNOWLEDGE -> List.of(device -> device.rot.acknowledge(List.of(1L)));
            case READ_CERTIFICATE -> List.of(device -> device.run(new Command.ReadCertificate(102, TestDevice.SLOT)));
            case REFUSED_CERTIFICATE ->
                List.of(device -> device.run(new Command.SetCertificate(102, TestDevice.SLOT, List.of(), List.of())));
        };
    }

    private void set(TestDevice device, TestAuthority issuer, Bytes key) {
        Bytes certificate = issued.computeIfAbsent(List.of(issuer, key), _ -> issuer.issue(key));
        device.done(
                new Command.SetCertificate(102, TestDevice.SLOT, List.of(certificate), List.of(issuer.certificate())));
    }

    /** Returns the storage of a device that is off. */
    private MemoryMedium start(Start start) {
        TestDevice device = new TestDevice(oldKeys, new MemoryMedium(BANK));
        switch (start) {
            case BLANK -> {}
            case PENDING -> device.newKey();
            case PROVISIONED -> device.provision(authority);
        }
        return device.medium;
    }

    /**
     * Returns the same storage in which both banks are written, and the one in use has room for the next boot and for
     * nothing more.
     */
    private MemoryMedium almostFull(MemoryMedium medium) throws StorageFull {
        MemoryMedium padded = medium.copy();
        while (pad(padded, LARGE_PAD)) {
            // until it moves to the other bank
        }
        Deque<MemoryMedium> fuller = new ArrayDeque<>(List.of(padded.copy()));
        for (int size : List.of(LARGE_PAD, 1)) {
            while (pad(padded, size)) {
                fuller.push(padded.copy());
            }
            padded = fuller.getFirst().copy();
        }
        while (new TestDevice(oldKeys, fuller.getFirst().copy()).medium.steps() > BOOT_STEPS) {
            fuller.pop();
        }
        return fuller.getFirst();
    }

    /** Returns whether a value of the host could be appended, so that the journal did not move. */
    private static boolean pad(MemoryMedium medium, int size) throws StorageFull {
        long before = medium.steps();
        JournalFlash.mount(medium).write(Map.of("host", Bytes.of(new byte[size])));
        return medium.steps() - before == PAD_OVERHEAD + size;
    }

    private void assertOneWorkingCredential(Content content, boolean mayBeEmpty) {
        Active active = Slot.decode(content.slot()).active();
        if (active == null) {
            assertThat(mayBeEmpty).isTrue();
            return;
        }
        CertificateChain chain =
                CertificateChain.parse(active.chain(), active.trustAnchors()).orElseThrow();
        assertThat(chain.isTrusted(p256)).isTrue();
        assertThat(chain.own().serialNumber()).isEqualTo(active.serialNumber());
        byte[] message = {1, 2, 3};
        try {
            byte[] signature =
                    p256.sign(p256.privateKey(active.key().privateKey().toArray()), message);
            assertThat(p256.verify(
                            p256.publicKey(chain.own().subjectPublicKeyInfo().toArray()), message, signature))
                    .isTrue();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static P256 p256(long seed) {
        return new DeterministicP256(new SplittableRandom(seed));
    }
}
