package dev.rootbeat.module;

import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a module is for its whole life. It is kept in the module's storage, so that the same storage is the same device.
 *
 * @param product its type
 * @param uid the identity of its Root of Trust
 * @param imei 15 digits with a right check digit
 */
record Nameplate(Product product, RotPublicUid uid, String imei) {

    private static final String NAME = "module.nameplate";
    private static final String SEPARATOR = " ";

    /**
     * Reads the nameplate of a module that ran on this storage before.
     *
     * @throws IllegalArgumentException if it is one of another version of this program
     */
    static Optional<Nameplate> read(Flash flash) {
        return Optional.ofNullable(flash.read(NAME)).map(stored -> {
            List<String> parts = List.of(new String(stored.toArray(), StandardCharsets.US_ASCII).split(SEPARATOR, -1));
            if (parts.size() != 3) {
                throw new IllegalArgumentException("the storage holds the nameplate of another version");
            }
            return new Nameplate(Product.of(parts.get(0)), RotPublicUid.parse(parts.get(1)), parts.get(2));
        });
    }

    void write(Flash flash) throws Flash.StorageFull {
        String text = String.join(SEPARATOR, product.typeNumber(), uid.toString(), imei);
        flash.write(Map.of(NAME, Bytes.of(text.getBytes(StandardCharsets.US_ASCII))));
    }
}
