package dev.rootbeat.rot.flash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.flash.Flash.StorageFull;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A medium with any content mounts, and takes writes. */
class JournalDamageTest {

    private static final int BANK = 256;

    @Property
    void any_octets_mount_and_take_writes(
            @ForAll @Size(max = BANK) byte[] first, @ForAll @Size(max = BANK) byte[] second) throws StorageFull {
        MemoryMedium medium = new MemoryMedium(BANK);
        medium.program(0, 0, first);
        medium.program(1, 0, second);

        assertTakesWrites(medium);
    }

    @Test
    void octets_that_look_like_the_start_of_a_record_mount_and_take_writes() throws StorageFull {
        RandomGenerator random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            MemoryMedium medium = new MemoryMedium(BANK);
            for (int bank = 0; bank < Medium.BANKS; bank++) {
                byte[] octets = new byte[random.nextInt(20, BANK + 1)];
                random.nextBytes(octets);
                octets[0] = 'J';
                octets[9] = octets[10] = octets[11] = 0; // a length that often fits
                medium.program(bank, 0, octets);
            }
            assertTakesWrites(medium);
        }
    }

    @Test
    void a_damaged_octet_anywhere_leaves_values_that_were_stored_at_some_time() throws StorageFull {
        MemoryMedium sound = new MemoryMedium(BANK);
        Flash flash = JournalFlash.mount(sound);
        for (int i = 1; i <= 12; i++) {
            flash.write(Map.of("one", value(i), "two", value(i)));
        }
        for (int bank = 0; bank < Medium.BANKS; bank++) {
            for (int offset = 0; offset < BANK; offset++) {
                MemoryMedium damaged = new MemoryMedium(BANK);
                for (int b = 0; b < Medium.BANKS; b++) {
                    byte[] octets = sound.read(b, 0, BANK);
                    if (b == bank) {
                        octets[offset] ^= 0x10;
                    }
                    damaged.program(b, 0, octets);
                }

                Bytes one = JournalFlash.mount(damaged).read("one");

                assertThat(one == null || (one.toArray()[0] >= 1 && one.toArray()[0] <= 12))
                        .as("bank %d, octet %d: %s", bank, offset, one)
                        .isTrue();
                assertThat(JournalFlash.mount(damaged).read("two")).isEqualTo(one);
                assertTakesWrites(damaged);
            }
        }
    }

    private static void assertTakesWrites(MemoryMedium medium) throws StorageFull {
        for (int i = 0; i < 3; i++) {
            JournalFlash.mount(medium).write(Map.of("three", value(i)));
            assertThat(JournalFlash.mount(medium).read("three")).isEqualTo(value(i));
        }
    }

    private static Bytes value(int number) {
        return Bytes.of((byte) number, (byte) 0, (byte) number);
    }
}
