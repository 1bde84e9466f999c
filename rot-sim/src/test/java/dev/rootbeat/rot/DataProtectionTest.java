package dev.rootbeat.rot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.crypto.EndToEnd;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.crypto.KeyId;
import dev.rootbeat.rot.crypto.KeyId.Use;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.flash.PowerCut;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Decoded;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** AT reference, sections 2.2 and 2.3. */
class DataProtectionTest {

    private final MemoryMedium medium = new MemoryMedium();

    private DataProtection boot() {
        return new DataProtection(TestDevice.IDENTITY, JournalFlash.mount(medium));
    }

    @Test
    void the_service_derives_the_same_psk_from_its_id() {
        for (Use use : Set.of(Use.PSK_16, Use.PSK_32)) {
            PreSharedKey psk = boot().preSharedKey(use).orElseThrow();
            assertThat(psk.key().size()).isEqualTo(use == Use.PSK_16 ? 16 : 32);
            assertThat(KeyId.ofPsk(psk.id())).isInstanceOfSatisfying(Decoded.Message.class, read -> {
                KeyId id = (KeyId) read.value();
                assertThat(id.uid()).isEqualTo(TestDevice.IDENTITY.uid());
                assertThat(KeyHierarchy.preSharedKey(TestDevice.IDENTITY.rootSecret(), id))
                        .isEqualTo(psk.key());
            });
            assertThat(psk.toString()).doesNotContain(psk.key().hex());
        }
    }

    @Test
    void protected_data_is_read_with_the_root_secret() {
        Bytes data = Bytes.ofHex("0102ff");
        Bytes message = boot().protect(Use.END_TO_END_V2, data).orElseThrow();
        assertThat(EndToEnd.read(TestDevice.IDENTITY.rootSecret(), message)).isEqualTo(new Decoded.Message<>(data));
    }

    @Test
    void no_id_ever_comes_again_whenever_the_power_fails() {
        Set<Bytes> seen = new HashSet<>();
        for (int cut = 0; cut < 200; cut++) {
            medium.powerOn();
            DataProtection protection = boot();
            medium.cutAfter(cut);
            try {
                for (int i = 0; i <= FreshNumbers.BLOCK; i++) {
                    assertThat(seen.add(protection
                                    .preSharedKey(Use.PSK_16)
                                    .orElseThrow()
                                    .id()))
                            .isTrue();
                }
            } catch (PowerCut expected) {
                assertThat(medium.isCut()).isTrue();
            }
        }
        assertThat(seen).hasSizeGreaterThan(FreshNumbers.BLOCK);
    }

    @Test
    void when_all_numbers_are_used_up_there_are_no_more_keys() throws Flash.StorageFull {
        Bytes last = Bytes.of(ByteBuffer.allocate(Long.BYTES)
                .putLong(Use.END_TO_END_V2.numbers() - 1)
                .array());
        JournalFlash.mount(medium).write(Map.of("rot.fresh.end_to_end_v2", last));
        DataProtection protection = boot();
        assertThat(protection.protect(Use.END_TO_END_V2, Bytes.EMPTY)).isPresent();
        assertThat(protection.protect(Use.END_TO_END_V2, Bytes.EMPTY)).isEmpty();
        assertThat(protection.protect(Use.END_TO_END_V1, Bytes.EMPTY)).isPresent();
    }

    @Test
    void without_room_to_keep_what_was_used_there_are_no_keys() {
        assertThat(new DataProtection(TestDevice.IDENTITY, JournalFlash.mount(new MemoryMedium(20)))
                        .preSharedKey(Use.PSK_32))
                .isEmpty();
    }
}
