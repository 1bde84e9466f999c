package dev.rootbeat.rot.protocol;

import java.util.List;

/** The major types of CBOR (RFC 8949, section 3.1). */
enum CborType {
    UNSIGNED(0, "an unsigned integer"),
    NEGATIVE(1, "a negative integer"),
    OCTETS(2, "an octet string"),
    TEXT(3, "a text string"),
    ARRAY(4, "an array"),
    MAP(5, "a map"),
    TAG(6, "a tag"),
    SIMPLE(7, "a simple value or a floating-point number");

    /** The simple value false. */
    static final int FALSE = 20;

    /** The simple value true. */
    static final int TRUE = 21;

    private static final List<CborType> BY_NUMBER = List.of(values());

    private final int number;
    private final String description;

    CborType(int number, String description) {
        this.number = number;
        this.description = description;
    }

    /** Returns the type that the first octet of an item names. */
    static CborType of(byte initial) {
        return BY_NUMBER.get((initial & 0xff) >> 5);
    }

    /** Returns the first octet of an item of this type. */
    int initial(int additionalInformation) {
        return number << 5 | additionalInformation;
    }

    /** Describes an item of this type, with its article. */
    @Override
    public String toString() {
        return description;
    }
}
