package dev.rootbeat.module.heartbeat;

import dev.rootbeat.rot.RootOfTrust;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Codec;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Decoded;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reason;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.rot.protocol.SecureChannel;
import dev.rootbeat.rot.protocol.SecureChannel.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange with the server: a heartbeat, the commands of its reply, their results (protocol, section 2). The
 * behaviour seam of the device is here.
 */
public final class HeartbeatExchange {

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatExchange.class);

    private final String product;
    private final String firmware;
    private final RootOfTrust rot;
    private final SecureChannel channel;
    private final Behaviour behaviour;
    private final RandomGenerator random;
    private final Map<Long, Result> altered = new HashMap<>();
    private Counter counter = new Counter(0, 0);

    /**
     * Puts together what takes part in an exchange.
     *
     * @param product the type number that heartbeats carry
     * @param firmware the version that heartbeats carry
     * @param channel is closed with the agent
     * @param random draws the nonces
     */
    public HeartbeatExchange(
            String product,
            String firmware,
            RootOfTrust rot,
            SecureChannel channel,
            Behaviour behaviour,
            RandomGenerator random) {
        this.product = product;
        this.firmware = firmware;
        this.rot = rot;
        this.channel = channel;
        this.behaviour = behaviour;
        this.random = random;
    }

    /** Sends a heartbeat with a new counter. The results that its reply acknowledges are forgotten. */
    void heartbeat(Reason reason, @Nullable Seal seal, Consumer<Answer> answer) {
        counter = rot.nextCounter();
        byte[] nonce = new byte[Heartbeat.NONCE_OCTETS];
        random.nextBytes(nonce);
        Heartbeat heartbeat = new Heartbeat(
                Heartbeat.VERSION,
                counter,
                Bytes.of(nonce),
                product,
                firmware,
                seal,
                reason,
                rot.report(),
                unacknowledged());
        send(Request.HEARTBEAT, Codec.encode(behaviour.heartbeat(rot.uid(), heartbeat)), answer);
    }

    /** Runs the commands of a reply in their order and returns whether there were any. */
    boolean run(Reply reply) {
        for (Command ordered : reply.commands()) {
            Command command = behaviour.command(rot.uid(), ordered);
            Result result = rot.execute(command, reply.serverTime());
            Result shown = behaviour.result(rot.uid(), command, result);
            if (!shown.equals(result)) {
                altered.put(result.id(), shown);
            }
        }
        return !reply.commands().isEmpty();
    }

    /** Sends the results that the server has not acknowledged, for the last heartbeat. */
    void results(Consumer<Answer> answer) {
        Results results = new Results(counter, unacknowledged());
        send(Request.RESULTS, Codec.encode(behaviour.results(rot.uid(), results)), answer);
    }

    /** Gives up the channel. No answer comes any more. */
    void close() {
        channel.close();
    }

    private void send(String path, Bytes message, Consumer<Answer> answer) {
        channel.send(new Request(path, message), outcome -> answer.accept(read(outcome)));
    }

    /** As many results as a message can have, oldest first; those left out come with a later one. */
    private List<Result> unacknowledged() {
        return rot.unacknowledged().stream()
                .limit(Codec.MAX_RESULTS)
                .map(result -> altered.getOrDefault(result.id(), result))
                .toList();
    }

    private Answer read(Outcome outcome) {
        return switch (outcome) {
            case Outcome.NoAnswer(String why) -> {
                LOG.debug("{}: no answer: {}", rot.uid(), why);
                yield new Answer.Unknown();
            }
            case Outcome.Answered(Response response) ->
                switch (response.code()) {
                    case CHANGED -> readReply(response.payload());
                    case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE -> new Answer.Later(response.maxAge());
                    case BAD_REQUEST, FORBIDDEN, NOT_FOUND, TOO_LARGE, INTERNAL_ERROR -> {
                        String diagnostic = new String(response.payload().toArray(), StandardCharsets.UTF_8);
                        LOG.info("{}: the server answers {} {}", rot.uid(), response.code(), diagnostic);
                        yield new Answer.Refused(response.code());
                    }
                };
        };
    }

    private Answer readReply(Bytes payload) {
        return switch (Codec.decodeReply(payload)) {
            case Decoded.Malformed<Reply> malformed -> {
                LOG.info("{}: the server's reply is malformed: {}", rot.uid(), malformed.diagnostic());
                yield new Answer.Unknown();
            }
            case Decoded.Message<Reply>(Reply decoded) -> {
                Reply reply = behaviour.reply(rot.uid(), decoded);
                rot.acknowledge(reply.acknowledged());
                reply.acknowledged().forEach(altered::remove);
                yield new Answer.Accepted(reply);
            }
        };
    }
}
