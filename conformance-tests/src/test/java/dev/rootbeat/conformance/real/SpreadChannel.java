package dev.rootbeat.conformance.real;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.SecureChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A device's channel to several servers: each request goes to one that is drawn, or to all at once. */
final class SpreadChannel implements SecureChannel {

    private final List<SecureChannel> channels;
    private final RandomGenerator random;
    private final Consumer<String> complaints;

    /**
     * Makes a channel of several.
     *
     * @param complaints is told where servers answer the same heartbeat differently
     */
    SpreadChannel(List<SecureChannel> channels, RandomGenerator random, Consumer<String> complaints) {
        this.channels = List.copyOf(channels);
        this.random = random;
        this.complaints = complaints;
    }

    @Override
    public void send(Request request, Consumer<Outcome> outcome) {
        int drawn = random.nextInt(channels.size() + 1);
        if (drawn < channels.size()) {
            channels.get(drawn).send(request, outcome);
            return;
        }
        var outcomes = new ArrayList<Outcome>();
        for (SecureChannel channel : channels) {
            channel.send(request, told -> {
                outcomes.add(told);
                if (outcomes.size() == channels.size()) {
                    outcome.accept(best(request, outcomes));
                }
            });
        }
    }

    private Outcome best(Request request, List<Outcome> outcomes) {
        List<Outcome> accepted =
                outcomes.stream().filter(SpreadChannel::isAccepted).toList();
        List<Bytes> replies = accepted.stream()
                .map(told -> ((Outcome.Answered) told).response().payload())
                .distinct()
                .toList();
        if (request.path().equals(Request.HEARTBEAT) && replies.size() > 1) {
            complaints.accept("one heartbeat, two replies: " + replies);
        }
        return accepted.isEmpty() ? outcomes.getFirst() : accepted.getFirst();
    }

    private static boolean isAccepted(Outcome outcome) {
        return outcome instanceof Outcome.Answered(Response response) && response.code() == Response.Code.CHANGED;
    }

    @Override
    public void close() {
        channels.forEach(SecureChannel::close);
    }
}
