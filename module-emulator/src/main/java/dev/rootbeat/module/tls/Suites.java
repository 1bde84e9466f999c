package dev.rootbeat.module.tls;

import java.util.List;

/**
 * Which cipher suites a TLS profile allows ({@code AT+USECPRF}, operation 2). Suites are named by their two octets in
 * the registry of IANA, as one number.
 */
public sealed interface Suites {

    /** The most suites of a list: more than ubxlib knows. */
    int MOST = 64;

    /** The suites that the old numbers from 1 on stand for. */
    List<Integer> NUMBERED = List.of(
            0x002F, 0x003C, 0x0035, 0x003D, 0x000A, 0x008C, 0x008D, 0x008B, 0x0094, 0x0095, 0x0093, 0x00AE, 0x00AF,
            0x00B6, 0x00B7);

    /** One suite by its old number; what numbers above 15 stand for is not public, and they allow any (ours). */
    record Numbered(int number) implements Suites {}

    /** One suite by its octets. */
    record Single(int suite) implements Suites {}

    /** Suites in the order in which they were added; none means any. */
    record Listed(List<Integer> suites) implements Suites {}

    /** Any that the module has; what a new profile has. */
    static Suites any() {
        return new Listed(List.of());
    }

    /** The suites that are allowed; none if any is. */
    default List<Integer> allowed() {
        return switch (this) {
            case Numbered(int number) -> number > NUMBERED.size() ? List.of() : List.of(NUMBERED.get(number - 1));
            case Single(int suite) -> List.of(suite);
            case Listed(List<Integer> suites) -> suites;
        };
    }
}
