package dev.rootbeat.server.store.memory;

/** A value's place in a table. It is one object for the value's whole life, so indexes can point to it. */
final class Row<V> {

    /** Tells which of two rows is older. */
    final long age;

    V value;

    Row(long age, V value) {
        this.age = age;
        this.value = value;
    }
}
