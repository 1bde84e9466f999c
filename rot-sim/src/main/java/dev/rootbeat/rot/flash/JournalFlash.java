package dev.rootbeat.rot.flash;

import dev.rootbeat.rot.flash.JournalRecord.Extent;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Storage as a journal on two banks of a medium. A write appends one record to the bank in use. Where there is no room
 * for it, or the tail of the bank is not blank because an earlier write was torn, all live values and the new ones go
 * as one record to the start of the other bank, which is from then on in use: of two banks the one whose first record
 * has the higher sequence number counts. So every write is atomic and mounting writes nothing.
 *
 * <p>A damaged medium mounts with what precedes the damage, at worst empty.
 */
public final class JournalFlash implements Flash {

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7E]{1,32}");

    private final Medium medium;
    private final SortedMap<String, Extent> live = new TreeMap<>();
    private int bank;
    private int end;
    private long sequence;
    private boolean blankTail;

    private JournalFlash(Medium medium) {
        this.medium = medium;
    }

    /** Finds the values that were stored on a medium; a blank one has none. */
    public static JournalFlash mount(Medium medium) {
        JournalFlash flash = new JournalFlash(medium);
        JournalRecord first = JournalRecord.read(medium, 0, 0);
        JournalRecord second = JournalRecord.read(medium, 1, 0);
        flash.bank = first == null || (second != null && second.sequence() > first.sequence()) ? 1 : 0;
        while (flash.advance()) {
            // one record at a time
        }
        flash.blankTail = medium.isBlank(flash.bank, flash.end);
        return flash;
    }

    @Override
    public @Nullable Bytes read(String name) {
        Extent extent = live.get(name);
        return extent == null ? null : read(extent);
    }

    @Override
    public void write(Map<String, Bytes> values) throws StorageFull {
        SortedMap<String, Bytes> changes = new TreeMap<>(values);
        for (String name : changes.keySet()) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a name for a stored value: " + name);
            }
        }
        if (changes.isEmpty()) {
            return;
        }
        if (blankTail && JournalRecord.sizeOf(changes) <= medium.bankSize() - end) {
            append(changes);
        } else {
            moveToOtherBank(changes);
        }
    }

    private void append(SortedMap<String, Bytes> changes) {
        blankTail = false; // until the medium has taken all of it
        medium.program(bank, end, JournalRecord.encode(sequence + 1, changes));
        blankTail = advance();
    }

    private void moveToOtherBank(SortedMap<String, Bytes> changes) throws StorageFull {
        SortedMap<String, Bytes> all = new TreeMap<>();
        live.forEach((name, extent) -> all.put(name, read(extent)));
        all.putAll(changes);
        all.values().removeIf(Bytes::isEmpty);
        long size = JournalRecord.sizeOf(all);
        if (size > medium.bankSize()) {
            throw new StorageFull(changes.keySet() + " would need " + size + " of " + medium.bankSize() + " octets");
        }
        blankTail = false; // should the medium fail, a later write must not go to the old bank
        int other = Medium.BANKS - 1 - bank;
        if (!medium.isBlank(other, 0)) {
            medium.erase(other);
        }
        medium.program(other, 0, JournalRecord.encode(sequence + 1, all));
        live.clear();
        bank = other;
        end = 0;
        blankTail = advance();
    }

    /** Takes in the next record of the bank in use, if there is one. */
    private boolean advance() {
        JournalRecord record = JournalRecord.read(medium, bank, end);
        if (record == null || (end > 0 && record.sequence() != sequence + 1)) {
            return false;
        }
        sequence = record.sequence();
        end += record.size();
        record.values().forEach((name, extent) -> {
            if (extent.length() == 0) {
                live.remove(name);
            } else {
                live.put(name, extent);
            }
        });
        return true;
    }

    private Bytes read(Extent extent) {
        return Bytes.of(medium.read(bank, extent.offset(), extent.length()));
    }
}
