package dev.rootbeat.module.command;

import dev.rootbeat.module.at.SecurityService;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Seal;
import java.util.function.Consumer;

/** An agent whose status a test sets; a forced heartbeat is accepted at once. */
final class FakeAgent implements SecurityService {

    DeviceStatus status = DeviceStatus.SEALED;

    @Override
    public DeviceStatus status() {
        return status;
    }

    @Override
    public SealAnswer seal(Seal seal) {
        return SealAnswer.ACCEPTED;
    }

    @Override
    public void force(Consumer<ForcedOutcome> outcome) {
        outcome.accept(ForcedOutcome.ACCEPTED);
    }
}
