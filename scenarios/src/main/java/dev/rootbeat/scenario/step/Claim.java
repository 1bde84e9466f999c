package dev.rootbeat.scenario.step;

import java.util.function.Supplier;

/** What a step says must hold. */
final class Claim {

    private Claim() {}

    /** Fails with a sentence that says what is the case instead. */
    static void holds(boolean condition, Supplier<String> otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise.get());
        }
    }

    /** Fails if two things are not equal. */
    static void same(Object expected, Object actual, String what) {
        holds(expected.equals(actual), () -> what + ": expected " + expected + ", but it is " + actual);
    }
}
