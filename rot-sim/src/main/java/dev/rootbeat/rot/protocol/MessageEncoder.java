package dev.rootbeat.rot.protocol;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Writes messages as {@code rootbeat.cddl} has them; the numbers are its keys and types. */
final class MessageEncoder {

    private MessageEncoder() {}

    static Bytes encode(Heartbeat heartbeat) {
        CborWriter out = new CborWriter();
        Seal seal = heartbeat.seal();
        out.map(seal == null ? 8 : 9);
        out.integer(1).integer(heartbeat.version());
        counter(out.integer(2), heartbeat.counter());
        out.integer(3).octets(heartbeat.nonce());
        out.integer(4).text(heartbeat.product());
        out.integer(5).text(heartbeat.firmware());
        if (seal != null) {
            out.integer(6).array(2).text(seal.profileUid()).text(seal.serial());
        }
        out.integer(7).integer(heartbeat.reason().code());
        list(out.integer(8), heartbeat.slots(), MessageEncoder::slot);
        list(out.integer(9), heartbeat.results(), MessageEncoder::result);
        return out.toBytes();
    }

    static Bytes encode(Results results) {
        CborWriter out = new CborWriter();
        out.map(2);
        counter(out.integer(1), results.counter());
        list(out.integer(2), results.results(), MessageEncoder::result);
        return out.toBytes();
    }

    static Bytes encode(Reply reply) {
        CborWriter out = new CborWriter();
        DeviceStatus status = reply.status();
        out.map(5);
        out.integer(1).integer(reply.serverTime().getEpochSecond());
        out.integer(2).integer(reply.nextHeartbeat().toSeconds());
        out.integer(3).array(3).bool(status.registered()).bool(status.claimed()).bool(status.activated());
        list(out.integer(4), reply.acknowledged(), CborWriter::integer);
        list(out.integer(5), reply.commands(), MessageEncoder::command);
        return out.toBytes();
    }

    private static void counter(CborWriter out, Counter counter) {
        out.array(2).integer(counter.boot()).integer(counter.beat());
    }

    private static void slot(CborWriter out, SlotReport slot) {
        Bytes activeKey = slot.activeKey();
        CertificateRef certificate = slot.certificate();
        Bytes pendingKey = slot.pendingKey();
        out.map(1
                + (int) Stream.of(activeKey, certificate, pendingKey)
                        .filter(Objects::nonNull)
                        .count());
        out.integer(1).integer(slot.slot());
        if (activeKey != null) {
            out.integer(2).octets(activeKey);
        }
        if (certificate != null) {
            out.integer(3).array(2).octets(certificate.fingerprint());
            out.octets(Bytes.of(certificate.serialNumber().toByteArray()));
        }
        if (pendingKey != null) {
            out.integer(4).octets(pendingKey);
        }
    }

    private static void command(CborWriter out, Command command) {
        switch (command) {
            case Command.GenerateKeyPair(long id, int slot, KeyAlgorithm algorithm) ->
                typed(out, 4, id, 1).integer(3).integer(slot).integer(4).integer(algorithm.code());
            case Command.SetCertificate(long id, int slot, List<Bytes> chain, List<Bytes> trustAnchors) -> {
                typed(out, 5, id, 2).integer(3).integer(slot);
                list(out.integer(5), chain, CborWriter::octets);
                list(out.integer(6), trustAnchors, CborWriter::octets);
            }
            case Command.DeleteCredential(long id, int slot) ->
                typed(out, 3, id, 3).integer(3).integer(slot);
            case Command.ReadCertificate(long id, int slot) ->
                typed(out, 3, id, 4).integer(3).integer(slot);
            case Command.Unknown(long id, int type) -> typed(out, 2, id, type);
        }
    }

    private static void result(CborWriter out, Result result) {
        switch (result) {
            case Result.Done(long id) -> typed(out, 2, id, 1);
            case Result.KeyPairGenerated(long id, Bytes certificateRequest) ->
                typed(out, 3, id, 2).integer(3).octets(certificateRequest);
            case Result.CertificateRead(long id, List<Bytes> chain) ->
                list(typed(out, 3, id, 3).integer(4), chain, CborWriter::octets);
            case Result.Refused(long id, Refusal refusal) ->
                typed(out, 3, id, 4).integer(5).integer(refusal.code());
            case Result.Unsupported(long id) -> typed(out, 2, id, 5);
        }
    }

    private static CborWriter typed(CborWriter out, int entries, long id, int type) {
        return out.map(entries).integer(1).integer(id).integer(2).integer(type);
    }

    private static <T> void list(CborWriter out, List<T> items, BiConsumer<CborWriter, T> item) {
        out.array(items.size());
        items.forEach(each -> item.accept(out, each));
    }
}
