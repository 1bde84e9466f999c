package dev.rootbeat.rot;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Refusal;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Result;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results that a Root of Trust remembers, so that a command that comes again is answered and not run again.
 *
 * @param waiting not acknowledged by the server, oldest first
 * @param settled the last ones that were acknowledged, oldest first
 */
record ResultLog(List<Result> waiting, List<Result> settled) {

    /** No results. */
    static final ResultLog EMPTY = new ResultLog(List.of(), List.of());

    /** How many settled results are remembered: a reply that is delivered late repeats only the last few commands. */
    static final int MAX_SETTLED = 4;

    /**
     * How many octets waiting results may have: they ride in one heartbeat, and the report needs the rest. Beyond it
     * the oldest are given up, which the next report makes good (protocol, section 3).
     */
    static final int MAX_WAITING_OCTETS = Request.MAX_PAYLOAD * 3 / 4;

    private static final int FORMAT = 1;
    private static final int DONE = 1;
    private static final int KEY_PAIR_GENERATED = 2;
    private static final int CERTIFICATE_READ = 3;
    private static final int REFUSED = 4;
    private static final int UNSUPPORTED = 5;

    /** Reads a stored log; what is absent or unreadable is empty. */
    static ResultLog decode(@Nullable Bytes stored) {
        return StateReader.read(
                stored,
                FORMAT,
                EMPTY,
                in -> new ResultLog(in.list(ResultLog::readResult), in.list(ResultLog::readResult)));
    }

    /** Returns the value to store. */
    Bytes encode() {
        return new StateWriter()
                .octet(FORMAT)
                .list(waiting, ResultLog::write)
                .list(settled, ResultLog::write)
                .toBytes();
    }

    /** Returns the result of a command, if it is remembered. */
    Optional<Result> find(long id) {
        return Stream.concat(waiting.stream(), settled.stream())
                .filter(result -> result.id() == id)
                .findFirst();
    }

    /** Returns the log with a further result. */
    ResultLog with(Result result) {
        List<Result> all = Stream.concat(waiting.stream(), Stream.of(result)).toList();
        int surplus = 0;
        while (surplus < all.size() - 1 && sizeOf(all.subList(surplus, all.size())) > MAX_WAITING_OCTETS) {
            surplus++;
        }
        return settle(all, all.subList(0, surplus));
    }

    /** Returns the log after the server has acknowledged results. */
    ResultLog acknowledge(List<Long> ids) {
        return settle(
                waiting,
                waiting.stream().filter(result -> ids.contains(result.id())).toList());
    }

    private ResultLog settle(List<Result> from, List<Result> those) {
        List<Result> settledNow =
                Stream.concat(settled.stream(), those.stream()).toList();
        return new ResultLog(
                from.stream().filter(result -> !those.contains(result)).toList(),
                settledNow.subList(Math.max(0, settledNow.size() - MAX_SETTLED), settledNow.size()));
    }

    private static int sizeOf(List<Result> results) {
        return new StateWriter().list(results, ResultLog::write).toBytes().size();
    }

    private static void write(StateWriter out, Result result) {
        out.number(result.id());
        switch (result) {
            case Result.Done _ -> out.octet(DONE);
            case Result.KeyPairGenerated generated ->
                out.octet(KEY_PAIR_GENERATED).bytes(generated.certificateRequest());
            case Result.CertificateRead read -> out.octet(CERTIFICATE_READ).list(read.chain());
            case Result.Refused refused ->
                out.octet(REFUSED).octet(refused.refusal().code());
            case Result.Unsupported _ -> out.octet(UNSUPPORTED);
        }
    }

    private static Result readResult(StateReader in) {
        long id = in.number();
        int kind = in.octet();
        return switch (kind) {
            case DONE -> new Result.Done(id);
            case KEY_PAIR_GENERATED -> new Result.KeyPairGenerated(id, in.bytes());
            case CERTIFICATE_READ -> new Result.CertificateRead(id, in.list());
            case REFUSED -> new Result.Refused(id, refusal(in.octet()));
            case UNSUPPORTED -> new Result.Unsupported(id);
            default -> throw new IllegalArgumentException("unknown kind of result: " + kind);
        };
    }

    private static Refusal refusal(int code) {
        return Stream.of(Refusal.values())
                .filter(refusal -> refusal.code() == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown refusal: " + code));
    }
}
