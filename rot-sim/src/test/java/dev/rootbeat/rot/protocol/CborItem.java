package dev.rootbeat.rot.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A value in CBOR as the tests see it: read without the codec, and only if it is deterministically encoded. */
sealed interface CborItem {

    record Int(long value) implements CborItem {}

    record Octets(Bytes value) implements CborItem {}

    record Text(String value) implements CborItem {}

    record Bool(boolean value) implements CborItem {}

    record Array(List<CborItem> items) implements CborItem {}

    /** A map; no message has keys that are not integers. */
    record Dictionary(TreeMap<Long, CborItem> entries) implements CborItem {}

    /**
     * Reads an item.
     *
     * @throws RuntimeException if the octets are not one deterministically encoded item of these kinds
     */
    static CborItem read(Bytes octets) {
        ByteBuffer in = ByteBuffer.wrap(octets.toArray());
        CborItem item = read(in);
        require(!in.hasRemaining(), "one item");
        return item;
    }

    private static CborItem read(ByteBuffer in) {
        int initial = in.get() & 0xff;
        if (initial == 0xf4 || initial == 0xf5) {
            return new Bool(initial == 0xf5);
        }
        long argument = argument(initial & 0x1f, in);
        return switch (initial >> 5) {
            case 0 -> new Int(argument);
            case 1 -> new Int(-1 - argument);
            case 2 -> new Octets(Bytes.of(octets(in, argument)));
            case 3 -> new Text(new String(octets(in, argument), StandardCharsets.UTF_8));
            case 4 -> {
                var items = new ArrayList<CborItem>();
                for (long i = 0; i < argument; i++) {
                    items.add(read(in));
                }
                yield new Array(items);
            }
            case 5 -> {
                var entries = new TreeMap<Long, CborItem>();
                for (long i = 0; i < argument; i++) {
                    Int key = (Int) read(in);
                    require(key.value() >= 0, "keys of our messages");
                    require(entries.isEmpty() || entries.lastKey() < key.value(), "ascending keys");
                    entries.put(key.value(), read(in));
                }
                yield new Dictionary(entries);
            }
            default -> throw new IllegalArgumentException("our messages have no item that starts with " + initial);
        };
    }

    private static long argument(int information, ByteBuffer in) {
        return switch (information) {
            case 24 -> shortest(in.get() & 0xffL, 24);
            case 25 -> shortest(in.getShort() & 0xffffL, 1 << 8);
            case 26 -> shortest(in.getInt() & 0xffff_ffffL, 1 << 16);
            case 27 -> shortest(in.getLong(), 1L << 32);
            default -> {
                require(information < 24, "definite lengths");
                yield information;
            }
        };
    }

    private static long shortest(long argument, long least) {
        require(argument >= least, "the shortest form and at most 63 bits");
        return argument;
    }

    private static byte[] octets(ByteBuffer in, long size) {
        require(size <= in.remaining(), "whole strings");
        byte[] octets = new byte[(int) size];
        in.get(octets);
        return octets;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("must have " + what);
        }
    }

    /** The item as Jackson's tree has it, keys as text. */
    default JsonNode toTree() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (this) {
            case Int(long value) -> nodes.numberNode(value);
            case Octets(Bytes value) -> nodes.binaryNode(value.toArray());
            case Text(String value) -> nodes.stringNode(value);
            case Bool(boolean value) -> nodes.booleanNode(value);
            case Array(List<CborItem> items) -> {
                ArrayNode array = nodes.arrayNode();
                items.forEach(item -> array.add(item.toTree()));
                yield array;
            }
            case Dictionary(TreeMap<Long, CborItem> entries) -> {
                ObjectNode object = nodes.objectNode();
                entries.forEach((key, value) -> object.set(key.toString(), value.toTree()));
                yield object;
            }
        };
    }
}
