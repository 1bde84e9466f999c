package dev.rootbeat.module.fault;

import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Storage that at times has no room for more than what it holds already. */
record FullFlash(Flash flash, BooleanSupplier full) implements Flash {

    @Override
    public @Nullable Bytes read(String name) {
        return flash.read(name);
    }

    @Override
    public void write(Map<String, Bytes> values) throws StorageFull {
        int more = values.entrySet().stream()
                .mapToInt(value -> value.getValue().size() - size(value.getKey()))
                .sum();
        if (more > 0 && full.getAsBoolean()) {
            throw new StorageFull("a fault leaves no room for " + more + " octets");
        }
        flash.write(values);
    }

    private int size(String name) {
        Bytes stored = read(name);
        return stored == null ? 0 : stored.size();
    }
}
