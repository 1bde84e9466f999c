package dev.rootbeat.rot.protocol;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Random messages that the protocol allows.
 *
 * @param maxItems the most slots, results, commands and acknowledged ids
 * @param maxDer the longest certificate, in octets
 */
record Messages(int maxItems, int maxDer) {

    /** All messages, up to every limit. */
    static final Messages ALL = new Messages(Codec.MAX_RESULTS, Codec.MAX_DER);

    /** Messages of some hundred octets with all kinds of fields. */
    static final Messages SMALL = new Messages(2, 8);

    private static final Arbitrary<Long> NUMBERS = Arbitraries.longs().between(0, Long.MAX_VALUE);
    private static final Arbitrary<Integer> SLOTS = Arbitraries.integers().between(0, SlotReport.MAX_SLOT);
    private static final Arbitrary<Bytes> DIGESTS = octets(32, 32);
    private static final Arbitrary<Boolean> FLAGS = Arbitraries.of(false, true);

    Arbitrary<Heartbeat> heartbeats() {
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

    Arbitrary<Results> results() {
        return Combinators.combine(counters(), resultLists()).as(Results::new);
    }

    Arbitrary<Reply> replies() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 253_402_300_799L).map(Instant::ofEpochSecond),
                        Arbitraries.longs().between(0, 0xffff_ffffL).map(Duration::ofSeconds),
                        Combinators.combine(FLAGS, FLAGS, FLAGS).as(DeviceStatus::new),
                        NUMBERS.list().ofMaxSize(maxItems),
                        commands().list().ofMaxSize(maxItems))
                .as(Reply::new);
    }

    private Arbitrary<Command> commands() {
        return Arbitraries.oneOf(
                Combinators.combine(NUMBERS, SLOTS, Arbitraries.of(KeyAlgorithm.class))
                        .as(Command.GenerateKeyPair::new),
                Combinators.combine(NUMBERS, SLOTS, chains(1), chains(1)).as(Command.SetCertificate::new),
                Combinators.combine(NUMBERS, SLOTS).as(Command.DeleteCredential::new),
                Combinators.combine(NUMBERS, SLOTS).as(Command.ReadCertificate::new));
    }

    private Arbitrary<List<Result>> resultLists() {
        Arbitrary<Result> results = Arbitraries.oneOf(
                NUMBERS.map(Result.Done::new),
                Combinators.combine(NUMBERS, der()).as(Result.KeyPairGenerated::new),
                Combinators.combine(NUMBERS, chains(0)).as(Result.CertificateRead::new),
                Combinators.combine(NUMBERS, Arbitraries.of(Refusal.class)).as(Result.Refused::new),
                NUMBERS.map(Result.Unsupported::new));
        return results.list().ofMaxSize(maxItems);
    }

    private Arbitrary<List<SlotReport>> slots() {
        Arbitrary<CertificateRef> certificates =
                Combinators.combine(DIGESTS, serialNumbers()).as(CertificateRef::new);
        Arbitrary<SlotReport> full = Combinators.combine(DIGESTS, certificates, DIGESTS.injectNull(0.5))
                .as((active, certificate, pending) -> new SlotReport(0, active, certificate, pending));
        Arbitrary<SlotReport> empty = DIGESTS.injectNull(0.5).map(pending -> new SlotReport(0, null, null, pending));
        return Arbitraries.oneOf(full, empty)
                .list()
                .ofMaxSize(maxItems)
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

    private Arbitrary<List<Bytes>> chains(int min) {
        return der().list().ofMinSize(min).ofMaxSize(Codec.MAX_CHAIN);
    }

    private Arbitrary<Bytes> der() {
        return octets(1, maxDer);
    }

    private static Arbitrary<String> texts(int max) {
        return Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(max);
    }

    /** One seed for all octets: a generator for each makes long strings slow. */
    private static Arbitrary<Bytes> octets(int min, int max) {
        return Combinators.combine(Arbitraries.integers().between(min, max), Arbitraries.longs())
                .as((size, seed) -> {
                    byte[] octets = new byte[size];
                    new Random(seed).nextBytes(octets);
                    return Bytes.of(octets);
                });
    }
}
