package dev.rootbeat.conformance.world;

import dev.rootbeat.conformance.world.Deed.Wish;
import dev.rootbeat.rot.protocol.Behaviour;
import java.util.List;
import java.util.function.Supplier;

/**
 * How far a search through the histories of a {@link SmallWorld} goes.
 *
 * @param heartbeats how many heartbeats there are in which something can happen; more follow, in which all must become well
 * @param operations how often an operator asks for something, at most
 * @param faults how often something goes wrong, at most
 * @param wishes what an operator can ask for
 * @param device makes what sees and may change what passes on the device, for each world anew
 * @param server the same on the server
 */
public record Scope(
        int heartbeats,
        int operations,
        int faults,
        List<Wish> wishes,
        Supplier<Behaviour> device,
        Supplier<Behaviour> server) {}
