package dev.rootbeat.module.file;

import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Octets under names of any characters in a module's storage, in the order in which they were put there. Every change
 * is one atomic write: the value together with the list of all names. One thread at a time.
 */
public final class Shelf {

    /** The longest name, in characters: its length is one octet. */
    public static final int MAX_NAME = 255;

    private static final String LIST = "list";

    private final Flash flash;
    private final String prefix;
    private final SequencedMap<String, Place> places;

    private record Place(int number, int size) {}

    /**
     * Finds what was stored before.
     *
     * @param prefix what the names in the storage start with, at most 16 characters
     */
    public Shelf(Flash flash, String prefix) {
        this.flash = flash;
        this.prefix = prefix;
        this.places = decode(flash.read(prefix + LIST));
    }

    /** The names, in the order in which they were first put. */
    public List<String> names() {
        return List.copyOf(places.sequencedKeySet());
    }

    /** Returns how many octets a name has; 0 if there is none of that name. */
    public int size(String name) {
        Place place = places.get(name);
        return place == null ? 0 : place.size;
    }

    /** Returns how many octets all names have together. */
    public int size() {
        return places.values().stream().mapToInt(Place::size).sum();
    }

    /** Returns what is stored under a name, or null. */
    public @Nullable Bytes read(String name) {
        Place place = places.get(name);
        if (place == null) {
            return null;
        }
        Bytes stored = flash.read(prefix + place.number);
        return stored == null ? Bytes.EMPTY : stored;
    }

    /**
     * Stores octets under a name, in place of what was there.
     *
     * @param name of ISO 8859-1 characters
     * @throws Flash.StorageFull if there is no room; nothing has changed then
     */
    public void put(String name, Bytes value) throws Flash.StorageFull {
        if (name.length() > MAX_NAME) {
            throw new IllegalArgumentException("a name has at most " + MAX_NAME + " characters");
        }
        Place before = places.get(name);
        int number = before == null ? unused() : before.number;
        SequencedMap<String, Place> after = new LinkedHashMap<>(places);
        after.put(name, new Place(number, value.size()));
        write(after, number, value);
    }

    /**
     * Removes a name; one that is not there is no error.
     *
     * @throws Flash.StorageFull if there is no room to write it down; nothing has changed then
     */
    public void remove(String name) throws Flash.StorageFull {
        Place place = places.get(name);
        if (place != null) {
            SequencedMap<String, Place> after = new LinkedHashMap<>(places);
            after.remove(name);
            write(after, place.number, Bytes.EMPTY);
        }
    }

    private void write(SequencedMap<String, Place> after, int number, Bytes value) throws Flash.StorageFull {
        flash.write(Map.of(prefix + LIST, encode(after), prefix + number, value));
        places.clear();
        places.putAll(after);
    }

    private int unused() {
        int number = 0;
        while (isUsed(number)) {
            number++;
        }
        return number;
    }

    private boolean isUsed(int number) {
        return places.values().stream().anyMatch(place -> place.number == number);
    }

    private static Bytes encode(SequencedMap<String, Place> places) {
        int size = places.sequencedKeySet().stream()
                .mapToInt(name -> 1 + name.length() + 2 * Integer.BYTES)
                .sum();
        ByteBuffer out = ByteBuffer.allocate(size);
        places.forEach((name, place) -> out.put((byte) name.length())
                .put(name.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(place.number)
                .putInt(place.size));
        return Bytes.of(out.array());
    }

    private static SequencedMap<String, Place> decode(@Nullable Bytes stored) {
        SequencedMap<String, Place> places = new LinkedHashMap<>();
        if (stored != null) {
            ByteBuffer in = ByteBuffer.wrap(stored.toArray());
            while (in.hasRemaining()) {
                byte[] name = new byte[Byte.toUnsignedInt(in.get())];
                in.get(name);
                places.put(new String(name, StandardCharsets.ISO_8859_1), new Place(in.getInt(), in.getInt()));
            }
        }
        return places;
    }
}
