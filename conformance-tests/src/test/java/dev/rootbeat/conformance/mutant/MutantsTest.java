package dev.rootbeat.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.options.BehaviourConverter;
import dev.rootbeat.rot.protocol.Behaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The mutants of the catalogue are given away in the simulated world, and the correct pair is not. */
class MutantsTest {

    /** {@code -Drootbeat.mutant.seeds=N} hunts every mutant under up to so many seeds, and prints the table. */
    private static final int SEEDS = Integer.getInteger("rootbeat.mutant.seeds", 2);

    /** No promise of the world says anything about what these do; whoever adds one removes them here. */
    private static final Set<String> WITHOUT_A_PROMISE = Set.of(
            "device-guard-never-ends",
            "server-acknowledges-nothing",
            "server-calls-no-device-sealed",
            "server-renames-its-orders",
            "server-orders-a-key-with-every-certificate",
            "server-invoice-does-not-add-up",
            "server-invoice-is-for-another-day",
            "server-tries-a-webhook-once",
            "server-consent-is-good-for-ever",
            "server-counts-refused-heartbeats",
            "server-forgets-the-counter");

    @Test
    void the_correct_pair_keeps_every_promise() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            assertThat(Hunt.broken(seed, Optional.empty())).as("seed " + seed).isEmpty();
        }
    }

    /** Not in every build: it takes too long for that. */
    @Test
    @EnabledIfSystemProperty(named = "rootbeat.mutant.seeds", matches = "\\d+")
    void every_mutant_is_given_away_but_those_that_break_no_promise_of_the_world() {
        var undetected = new ArrayList<String>();
        var table = new StringBuilder();
        for (Mutant mutant : Mutants.all()) {
            Hunt hunt = Hunt.of(mutant, SEEDS);
            table.append(String.format(
                    Locale.ROOT,
                    "%-44s %5d  %s%n",
                    mutant.id(),
                    hunt.seeds(),
                    hunt.promise().orElse("(nothing)")));
            if (hunt.promise().isEmpty()) {
                undetected.add(mutant.id());
            }
        }
        System.out.printf(
                "simulate: %d of %d mutants are given away%n%-44s seeds  by the promise%n%s",
                Mutants.all().size() - undetected.size(), Mutants.all().size(), "mutant", table);
        assertThat(undetected).isSubsetOf(WITHOUT_A_PROMISE);
    }

    @Test
    void the_catalogue_has_at_least_thirty_of_each_party_under_ids_of_their_own() {
        List<Mutant> all = Mutants.all();

        assertThat(all).extracting(Mutant::id).doesNotHaveDuplicates();
        for (Mutant.Party party : Mutant.Party.values()) {
            assertThat(all).filteredOn(mutant -> mutant.party() == party).hasSizeGreaterThanOrEqualTo(30);
        }
    }

    @Test
    void the_command_line_finds_a_mutant_by_its_id() throws Exception {
        Behaviour found = new BehaviourConverter().convert("mutant:device-takes-any-chain");

        assertThat(found).isInstanceOf(Deviation.class);
    }
}
