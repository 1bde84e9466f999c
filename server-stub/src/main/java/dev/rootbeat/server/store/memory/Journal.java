package dev.rootbeat.server.store.memory;

import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Entries in the order in which they were added. A list of them costs nothing: it shares the array. */
final class Journal<E> {

    private final Deque<Runnable> undo;
    private Object[] entries = new Object[16];
    private int size;

    /**
     * Creates an empty journal.
     *
     * @param undo gets a step back for every step
     */
    Journal(Deque<Runnable> undo) {
        this.undo = undo;
    }

    void add(E entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        entries[size++] = entry;
        undo.push(() -> size--);
    }

    /** Returns the present entries; later ones do not appear in it. */
    @SuppressWarnings("unchecked") // only add writes to the array
    List<E> list() {
        return (List<E>) Collections.unmodifiableList(Arrays.asList(entries).subList(0, size));
    }
}
