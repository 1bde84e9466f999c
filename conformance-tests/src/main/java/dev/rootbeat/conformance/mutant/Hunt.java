package dev.rootbeat.conformance.mutant;

import dev.rootbeat.conformance.world.PromiseBroken;
import java.util.Optional;

/**
 * Looks for the seed that gives a mutant away.
 *
 * @param mutant who is hunted
 * @param seeds how many seeds were tried
 * @param promise what it broke; nothing if it went undetected
 */
record Hunt(Mutant mutant, int seeds, Optional<String> promise) {

    /** Tries seeds, from 1 on, until one gives the mutant away. */
    static Hunt of(Mutant mutant, int atMost) {
        for (int seed = 1; seed <= atMost; seed++) {
            Optional<String> broken = broken(seed, Optional.of(mutant));
            if (broken.isPresent()) {
                return new Hunt(mutant, seed, broken);
            }
        }
        return new Hunt(mutant, atMost, Optional.empty());
    }

    /** Which promise is broken under a seed, by a mutant or, without one, by the correct pair. */
    static Optional<String> broken(long seed, Optional<Mutant> mutant) {
        try {
            Ordeal.of(seed, mutant);
            return Optional.empty();
        } catch (PromiseBroken e) {
            return Optional.of(e.what());
        } catch (RuntimeException e) {
            return Optional.of("an exception ended the world: " + e);
        }
    }
}
