package dev.rootbeat.conformance.simulate;

import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.RotPublicUid;
import java.util.HashMap;
import java.util.Map;

/** A module that loses its credential when it is to be replaced for the second time. */
public final class Forgetful implements Behaviour {

    private final Map<RotPublicUid, Integer> set = new HashMap<>();

    /** Made by the command line. */
    public Forgetful() {}

    @Override
    public Command command(RotPublicUid device, Command command) {
        return command instanceof Command.SetCertificate wanted && set.merge(device, 1, Integer::sum) == 3
                ? new Command.DeleteCredential(wanted.id(), wanted.slot())
                : command;
    }
}
