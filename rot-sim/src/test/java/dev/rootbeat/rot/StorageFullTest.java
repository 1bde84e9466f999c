package dev.rootbeat.rot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Flash.StorageFull;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Refusal;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.SlotReport;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Where the storage has no room, a command is refused and changes nothing, and nothing is lost. */
class StorageFullTest {

    private final P256 p256 = new DeterministicP256(new SplittableRandom(4));
    private final TestAuthority authority = TestAuthority.root(p256, "root");
    private final TestDevice device = new TestDevice(p256, new MemoryMedium(4096));
    private final Bytes key = device.provision(authority);

    @Test
    void a_command_without_room_is_refused_and_changes_nothing() {
        leaveRoomFor(100);
        SlotReport before = device.report();
        Command generate = device.generateKeyPair();

        Result refused = device.run(generate);

        assertThat(refused).isEqualTo(new Result.Refused(generate.id(), Refusal.STORAGE_FULL));
        assertThat(device.reportAlsoAfterReboot()).isEqualTo(before);
        assertThat(device.rot.unacknowledged()).contains(refused);
        assertThat(device.run(generate)).isEqualTo(refused);
    }

    @Test
    void a_refusal_without_room_is_remembered_until_power_off() {
        leaveRoomFor(3);
        SlotReport before = device.report();
        Command generate = device.generateKeyPair();

        Result refused = device.run(generate);

        assertThat(refused).isEqualTo(new Result.Refused(generate.id(), Refusal.STORAGE_FULL));
        assertThat(device.run(generate)).isEqualTo(refused);
        assertThat(device.rot.unacknowledged()).contains(refused);
        assertThat(device.reportAlsoAfterReboot()).isEqualTo(before);
        assertThat(device.rot.unacknowledged()).doesNotContain(refused);
        assertThat(device.rot.credential(TestDevice.SLOT)).isPresent();
    }

    @Test
    void acknowledgements_and_deletions_work_in_a_full_storage_and_make_room() {
        leaveRoomFor(3);
        device.rot.acknowledge(
                device.rot.unacknowledged().stream().map(Result::id).toList());
        assertThat(device.rot.unacknowledged()).isEmpty();

        device.done(device.delete());

        assertThat(device.reportAlsoAfterReboot()).isEqualTo(SlotReport.empty(TestDevice.SLOT));
        device.newKey();
    }

    @Test
    void a_renewal_of_the_same_size_fits_as_soon_as_its_result_does() {
        leaveRoomFor(40);
        Bytes renewed = authority.issue(key);

        device.done(device.setCertificate(renewed, authority.certificate()));

        assertThat(device.reportAlsoAfterReboot().activeKey()).isEqualTo(key.sha256());
    }

    @Test
    void it_boots_in_a_full_storage_and_its_counter_goes_on() {
        leaveRoomFor(0);
        long boot = device.rot.nextCounter().boot();

        device.reboot();

        assertThat(device.rot.nextCounter().boot()).isEqualTo(boot + 1);
    }

    @Test
    void it_does_not_start_for_the_first_time_where_its_counter_has_no_room() {
        MemoryMedium medium = new MemoryMedium(30);

        assertThatThrownBy(() -> RootOfTrust.boot(TestDevice.IDENTITY, JournalFlash.mount(medium), p256))
                .isInstanceOf(StorageFull.class);
    }

    /** Fills the storage with a value of the host so that a bank has just this many octets left. */
    private void leaveRoomFor(int octets) {
        for (int size = device.medium.bankSize(); ; size--) {
            try {
                JournalFlash.mount(device.medium).write(Map.of("host", Bytes.of(new byte[size + octets])));
            } catch (StorageFull e) {
                continue;
            }
            write(new byte[size]);
            break;
        }
        device.reboot();
    }

    private void write(byte[] value) {
        try {
            JournalFlash.mount(device.medium).write(Map.of("host", Bytes.of(value)));
        } catch (StorageFull e) {
            throw new AssertionError(e);
        }
    }
}
