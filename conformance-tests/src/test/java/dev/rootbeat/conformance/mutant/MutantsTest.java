package dev.rootbeat.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.options.BehaviourConverter;
import dev.rootbeat.rot.protocol.Behaviour;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The catalogue; that each of its mutants is found is shown where they are hunted. */
class MutantsTest {

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
