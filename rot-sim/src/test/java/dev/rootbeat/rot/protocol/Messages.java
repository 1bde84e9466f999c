package dev.rootbeat.rot.protocol;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** All messages that the protocol allows, up to every limit. */
final class Messages {

    private static final Arbitrary<Long> NUMBERS = Arbitraries.longs().between(0, Long.MAX_VALUE);
    private static final Arbitrary<Integer> SLOTS = Arbitraries.integers().between(0, SlotReport.MAX_SLOT);
    private static final Arbitrary<Bytes> DIGESTS = octets(32, 32);
    private static final Arbitrary<Bytes> DER = Arbitraries.oneOf(octets(1, 40), octets(Codec.MAX_DER, Codec.MAX_DER));
    private static final Arbitrary<Boolean> FLAGS = Arbitraries.of(false, true);

    private Messages() {}

    static Arbitrary<Heartbeat> heartbeats() {
        return Combinators.combine(
                        counters(),
                        octets(Heartbeat.NONCE_OCTETS, Heartbeat.NONCE_OCTETS),
                        texts(Heartbeat.MAX_TEXT),
                        texts(Heartbeat.MAX_TEXT),
                        Combinators.combine(texts(Seal.MAX_PROFILE_UID), texts(Seal.MAX_SERIAL))
                                .as(Seal::new)
                                .injectNull(0.5),
                        Arbitraries.of(Reason.class),
                        slots(),
                        resultLists())
                .as((counter, nonce, product, firmware, seal, reason, slots, results) -> new Heartbeat(
                        Heartbeat.VERSION, counter, nonce, product, firmware, seal, reason, slots, results));
    }

    static Arbitrary<Results> results() {
        return Combinators.combine(counters(), resultLists()).as(Results::new);
    }

    static Arbitrary<Reply> replies() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 253_402_300_799L).map(Instant::ofEpochSecond),
                        Arbitraries.longs().between(0, 0xffff_ffffL).map(Duration::ofSeconds),
                        Combinators.combine(FLAGS, FLAGS, FLAGS).as(DeviceStatus::new),
                        NUMBERS.list().ofMaxSize(Codec.MAX_RESULTS),
                        commands().list().ofMaxSize(Codec.MAX_RESULTS))
                .as(Reply::new);
    }

    private static Arbitrary<Command> commands() {
        return Arbitraries.oneOf(
                Combinators.combine(NUMBERS, SLOTS, Arbitraries.of(KeyAlgorithm.class))
                        .as(Command.GenerateKeyPair::new),
                Combinators.combine(NUMBERS, SLOTS, chains(1), chains(1)).as(Command.SetCertificate::new),
                Combinators.combine(NUMBERS, SLOTS).as(Command.DeleteCredential::new),
                Combinators.combine(NUMBERS, SLOTS).as(Command.ReadCertificate::new));
    }

    private static Arbitrary<List<Result>> resultLists() {
        Arbitrary<Result> results = Arbitraries.oneOf(
                NUMBERS.map(Result.Done::new),
                Combinators.combine(NUMBERS, DER).as(Result.KeyPairGenerated::new),
                Combinators.combine(NUMBERS, chains(0)).as(Result.CertificateRead::new),
                Combinators.combine(NUMBERS, Arbitraries.of(Refusal.class)).as(Result.Refused::new),
                NUMBERS.map(Result.Unsupported::new));
        return results.list().ofMaxSize(Codec.MAX_RESULTS);
    }

    private static Arbitrary<List<SlotReport>> slots() {
        Arbitrary<CertificateRef> certificates =
                Combinators.combine(DIGESTS, serialNumbers()).as(CertificateRef::new);
        Arbitrary<SlotReport> full = Combinators.combine(DIGESTS, certificates, DIGESTS.injectNull(0.5))
                .as((active, certificate, pending) -> new SlotReport(0, active, certificate, pending));
        Arbitrary<SlotReport> empty = DIGESTS.injectNull(0.5).map(pending -> new SlotReport(0, null, null, pending));
        return Arbitraries.oneOf(full, empty)
                .list()
                .ofMaxSize(Codec.MAX_SLOTS)
                .map(slots -> IntStream.range(0, slots.size())
                        .mapToObj(number -> numbered(number, slots.get(number)))
                        .toList());
    }

    private static SlotReport numbered(int number, SlotReport slot) {
        return new SlotReport(number, slot.activeKey(), slot.certificate(), slot.pendingKey());
    }

    private static Arbitrary<BigInteger> serialNumbers() {
        return Arbitraries.bigIntegers()
                .between(BigInteger.ONE, BigInteger.TWO.pow(159).subtract(BigInteger.ONE));
    }

    private static Arbitrary<Counter> counters() {
        return Combinators.combine(NUMBERS, NUMBERS).as(Counter::new);
    }

    private static Arbitrary<List<Bytes>> chains(int min) {
        return DER.list().ofMinSize(min).ofMaxSize(Codec.MAX_CHAIN);
    }

    private static Arbitrary<String> texts(int max) {
        return Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(max);
    }

    private static Arbitrary<Bytes> octets(int min, int max) {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(min)
                .ofMaxSize(max)
                .map(Bytes::of);
    }
}
