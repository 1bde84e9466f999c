package dev.rootbeat.server.fault;

import dev.rootbeat.server.event.Message;
import dev.rootbeat.server.event.Sender;
import java.util.concurrent.CompletableFuture;

/** Lets receivers of webhooks be down. */
public final class FaultySender implements Sender {

    private final Sender sender;
    private final Faults faults;

    /** Puts faults before a sender. */
    public FaultySender(Sender sender, Faults faults) {
        this.sender = sender;
        this.faults = faults;
    }

    @Override
    public CompletableFuture<Answer> send(Message message) {
        return faults.strike(Harm.ReceiversDown.OCCASION, null).isPresent()
                ? CompletableFuture.completedFuture(new Answer.Failed("a fault of the server"))
                : sender.send(message);
    }
}
