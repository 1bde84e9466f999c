package dev.rootbeat.scenario;

import dev.rootbeat.conformance.world.WorldSettings;
import dev.rootbeat.options.SidedBehaviours;
import dev.rootbeat.scenario.ScenarioCommand.World;
import dev.rootbeat.scenario.testbed.Testbed;
import dev.rootbeat.scenario.testbed.WorldTestbed;
import java.util.Locale;

/**
 * How scenarios are played.
 *
 * @param world where
 * @param seed decides what chance decides
 * @param behaviour what sees and may change what passes
 */
record Staging(World world, long seed, SidedBehaviours behaviour) {

    /** Makes what one scenario plays on. */
    Testbed testbed() {
        WorldSettings settings = WorldSettings.of(seed, 0)
                .behaving(behaviour.device().get(), behaviour.server().get());
        return switch (world) {
            case simulated -> WorldTestbed.simulated(settings);
            case real -> WorldTestbed.real(settings);
        };
    }

    /** How to run a scenario again. */
    String again(Act act) {
        return String.format(
                        Locale.ROOT,
                        "rootbeat scenario %s:%d --world %s --seed %d",
                        act.file(),
                        act.line(),
                        world,
                        seed)
                + (behaviour.name().isEmpty() ? "" : " --behaviour " + behaviour.name());
    }
}
