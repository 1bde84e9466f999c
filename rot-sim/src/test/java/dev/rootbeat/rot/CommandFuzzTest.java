package dev.rootbeat.rot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.flash.Flash.StorageFull;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.KeyAlgorithm;
import dev.rootbeat.rot.protocol.Result;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** No command and no stored octets make a Root of Trust throw or lose its credential. */
class CommandFuzzTest {

    private final P256 p256 = new DeterministicP256(new SplittableRandom(6));
    private final TestAuthority authority = TestAuthority.root(p256, "root");

    @Property(tries = 200)
    void any_sequence_of_commands_is_answered_and_survives_a_reboot(
            @ForAll("commands") List<Command> commands, @ForAll("instants") Instant serverTime) {
        TestDevice device = new TestDevice(p256, new MemoryMedium());
        device.provision(authority);
        for (Command command : commands) {
            boolean credentialBefore = device.rot.credential(TestDevice.SLOT).isPresent();

            Result result = device.rot.execute(command, serverTime);

            assertThat(result.id()).isEqualTo(command.id());
            assertThat(device.rot.execute(command, serverTime)).isEqualTo(result);
            boolean deleted = command instanceof Command.DeleteCredential delete && delete.slot() == TestDevice.SLOT;
            assertThat(device.rot.credential(TestDevice.SLOT).isPresent()).isEqualTo(credentialBefore && !deleted);
        }
        List<Result> waiting = device.rot.unacknowledged();
        device.reportAlsoAfterReboot();
        assertThat(device.rot.unacknowledged()).isEqualTo(waiting);
    }

    @Property(tries = 500)
    void any_stored_octets_boot(@ForAll @Size(min = 1, max = 80) byte[] octets) throws StorageFull {
        Flash flash = JournalFlash.mount(new MemoryMedium());
        octets[0] = 1;
        Bytes value = Bytes.of(octets);
        flash.write(Map.of("rot.boot", value, "rot.results", value, "rot.slot.0", value, "rot.slot.3", value));

        RootOfTrust rot = RootOfTrust.boot(TestDevice.IDENTITY, flash, p256);

        assertThat(rot.report()).hasSize(RootOfTrust.SLOTS);
        assertThat(rot.execute(new Command.GenerateKeyPair(1L << 40, 0, KeyAlgorithm.P256), TestAuthority.NOW))
                .isInstanceOf(Result.KeyPairGenerated.class);
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.of(Instant.MIN, Instant.EPOCH, TestAuthority.NOW, Instant.MAX);
    }

    @Provide
    Arbitrary<List<Command>> commands() {
        Arbitrary<Long> ids = Arbitraries.longs().between(1000, Long.MAX_VALUE);
        Arbitrary<Integer> slots = Arbitraries.integers().between(-1, RootOfTrust.SLOTS);
        Arbitrary<List<Bytes>> certificates = certificate().list().ofMaxSize(3);
        Arbitrary<Command> command = Arbitraries.oneOf(
                Combinators.combine(ids, slots)
                        .as((id, slot) -> new Command.GenerateKeyPair(id, slot, KeyAlgorithm.P256)),
                Combinators.combine(ids, slots, certificates, certificates).as(Command.SetCertificate::new),
                Combinators.combine(ids, slots).as(Command.DeleteCredential::new),
                Combinators.combine(ids, slots).as(Command.ReadCertificate::new),
                Combinators.combine(ids, Arbitraries.integers()).as(Command.Unknown::new));
        return command.list().uniqueElements(Command::id).ofMaxSize(12);
    }

    /** A sound certificate, any octets, or a certificate with some octets changed. */
    private Arbitrary<Bytes> certificate() {
        Bytes sound = authority.certificate();
        Arbitrary<Bytes> changed = Combinators.combine(
                        Arbitraries.integers().between(0, sound.size() - 1),
                        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(4))
                .as((offset, octets) -> {
                    byte[] der = sound.toArray();
                    System.arraycopy(octets, 0, der, offset, Math.min(octets.length, der.length - offset));
                    return Bytes.of(der);
                });
        Arbitrary<Bytes> any =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(500).map(Bytes::of);
        return Arbitraries.oneOf(Arbitraries.just(sound), changed, any);
    }
}
