package dev.rootbeat.rot.protocol;

import java.util.List;

/** What a rule of a CDDL document says about an item. */
sealed interface CddlType {

    record Named(String rule) implements CddlType {}

    record Choice(List<CddlType> types) implements CddlType {}

    record IntRange(long min, long max) implements CddlType {}

    record OctetString(long minSize, long maxSize) implements CddlType {}

    record TextLike(String regexp) implements CddlType {}

    record Bool() implements CddlType {}

    record ArrayOf(List<Entry> entries) implements CddlType {}

    record MapOf(List<Entry> entries) implements CddlType {}

    /** An entry of a group that occurs from {@code min} to {@code max} times; its key counts in maps only. */
    record Entry(long key, long min, long max, CddlType type) {}
}
