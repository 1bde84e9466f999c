package dev.rootbeat.rot.protocol;

import dev.rootbeat.rot.protocol.CborReader.Entries;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;

/** Reads messages as {@code rootbeat.cddl} has them; the numbers are its keys, types and limits. */
final class MessageDecoder {

    /** The last second of the year 9999, the last that certificates can tell (RFC 5280, section 4.1.2.5). */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final int DIGEST_OCTETS = 32;

    private MessageDecoder() {}

    static Heartbeat heartbeat(CborReader in) throws MalformedException {
        Entries map = in.map();
        Heartbeat heartbeat = new Heartbeat(
                map.required(1, "version", MessageDecoder::version),
                map.required(2, "counter", MessageDecoder::counter),
                map.required(3, "nonce", nonce -> nonce.octets(Heartbeat.NONCE_OCTETS, Heartbeat.NONCE_OCTETS)),
                map.required(4, "product", product -> product.printable(Heartbeat.MAX_TEXT)),
                map.required(5, "firmware", firmware -> firmware.printable(Heartbeat.MAX_TEXT)),
                map.optional(6, "seal", MessageDecoder::seal),
                map.required(7, "reason", reason -> code(reason, List.of(Reason.values()), Reason::code)),
                map.required(8, "slots", MessageDecoder::slots),
                map.required(9, "results", MessageDecoder::resultList));
        map.end();
        return heartbeat;
    }

    static Results results(CborReader in) throws MalformedException {
        Entries map = in.map();
        Results results = new Results(
                map.required(1, "counter", MessageDecoder::counter),
                map.required(2, "results", MessageDecoder::resultList));
        map.end();
        return results;
    }

    static Reply reply(CborReader in) throws MalformedException {
        Entries map = in.map();
        Reply reply = new Reply(
                map.required(1, "serverTime", time -> Instant.ofEpochSecond(time.integer(0, LAST_SECOND))),
                map.required(2, "nextHeartbeat", next -> Duration.ofSeconds(next.integer(0, 0xffff_ffffL))),
                map.required(3, "status", MessageDecoder::status),
                map.required(4, "acknowledged", ids -> ids.list(0, Codec.MAX_RESULTS, MessageDecoder::number)),
                map.required(5, "commands", commands -> commands.list(0, Codec.MAX_RESULTS, MessageDecoder::command)));
        map.end();
        return reply;
    }

    private static int version(CborReader in) throws MalformedException {
        long version = in.integer(0, Long.MAX_VALUE);
        if (version != Heartbeat.VERSION) {
            throw new MalformedException("must be " + Heartbeat.VERSION + ", is " + version);
        }
        return Heartbeat.VERSION;
    }

    private static Counter counter(CborReader in) throws MalformedException {
        in.tuple(2);
        return new Counter(in.field("boot", MessageDecoder::number), in.field("beat", MessageDecoder::number));
    }

    private static Seal seal(CborReader in) throws MalformedException {
        in.tuple(2);
        return new Seal(
                in.field("profileUid", uid -> uid.printable(Seal.MAX_PROFILE_UID)),
                in.field("serial", serial -> serial.printable(Seal.MAX_SERIAL)));
    }

    private static DeviceStatus status(CborReader in) throws MalformedException {
        in.tuple(3);
        return new DeviceStatus(
                in.field("registered", CborReader::bool),
                in.field("claimed", CborReader::bool),
                in.field("activated", CborReader::bool));
    }

    private static List<SlotReport> slots(CborReader in) throws MalformedException {
        List<SlotReport> slots = in.list(0, Codec.MAX_SLOTS, MessageDecoder::slot);
        for (int i = 1; i < slots.size(); i++) {
            int before = slots.get(i - 1).slot();
            int slot = slots.get(i).slot();
            if (slot <= before) {
                throw new MalformedException("must ascend by number, has " + slot + " after " + before);
            }
        }
        return slots;
    }

    private static SlotReport slot(CborReader in) throws MalformedException {
        Entries map = in.map();
        SlotReport slot = new SlotReport(
                map.required(1, "slot", MessageDecoder::slotNumber),
                map.optional(2, "activeKey", MessageDecoder::digest),
                map.optional(3, "certificate", MessageDecoder::certificate),
                map.optional(4, "pendingKey", MessageDecoder::digest));
        map.end();
        if ((slot.activeKey() == null) != (slot.certificate() == null)) {
            throw new MalformedException("must have both an activeKey and a certificate, or neither");
        }
        return slot;
    }

    private static CertificateRef certificate(CborReader in) throws MalformedException {
        in.tuple(2);
        return new CertificateRef(
                in.field("fingerprint", MessageDecoder::digest),
                in.field("serialNumber", MessageDecoder::serialNumber));
    }

    private static BigInteger serialNumber(CborReader in) throws MalformedException {
        byte[] content = in.octets(1, CertificateRef.MAX_SERIAL_OCTETS).toArray();
        BigInteger serialNumber = new BigInteger(content);
        if (serialNumber.signum() <= 0 || serialNumber.toByteArray().length != content.length) {
            throw new MalformedException("must be a positive DER integer");
        }
        return serialNumber;
    }

    private static Command command(CborReader in) throws MalformedException {
        Entries map = in.map();
        long id = map.required(1, "id", MessageDecoder::number);
        int type = map.required(2, "type", MessageDecoder::type);
        Command command = switch (type) {
            case 1 -> generateKeyPair(id, map);
            case 2 ->
                new Command.SetCertificate(
                        id,
                        slotOf(map),
                        map.required(5, "chain", chain -> certificates(chain, 1)),
                        map.required(6, "trustAnchors", anchors -> certificates(anchors, 1)));
            case 3 -> new Command.DeleteCredential(id, slotOf(map));
            case 4 -> new Command.ReadCertificate(id, slotOf(map));
            default -> new Command.Unknown(id, type);
        };
        map.end();
        return command;
    }

    /** An algorithm that is not known makes the command unknown, so that the others of the round are run. */
    private static Command generateKeyPair(long id, Entries map) throws MalformedException {
        int slot = slotOf(map);
        int algorithm = map.required(4, "algorithm", MessageDecoder::type);
        return algorithm == KeyAlgorithm.P256.code()
                ? new Command.GenerateKeyPair(id, slot, KeyAlgorithm.P256)
                : new Command.Unknown(id, 1);
    }

    private static List<Result> resultList(CborReader in) throws MalformedException {
        return in.list(0, Codec.MAX_RESULTS, MessageDecoder::result);
    }

    private static Result result(CborReader in) throws MalformedException {
        Entries map = in.map();
        long id = map.required(1, "id", MessageDecoder::number);
        Result result = switch (map.required(2, "type", MessageDecoder::resultType)) {
            case 1 -> new Result.Done(id);
            case 2 -> new Result.KeyPairGenerated(id, map.required(3, "certificateRequest", MessageDecoder::der));
            case 3 -> new Result.CertificateRead(id, map.required(4, "chain", chain -> certificates(chain, 0)));
            case 4 ->
                new Result.Refused(
                        id,
                        map.required(5, "refusal", refusal -> code(refusal, List.of(Refusal.values()), Refusal::code)));
            default -> new Result.Unsupported(id);
        };
        map.end();
        return result;
    }

    private static int type(CborReader in) throws MalformedException {
        return (int) in.integer(1, Integer.MAX_VALUE);
    }

    private static int resultType(CborReader in) throws MalformedException {
        return (int) in.integer(1, 5);
    }

    private static int slotOf(Entries map) throws MalformedException {
        return map.required(3, "slot", MessageDecoder::slotNumber);
    }

    private static int slotNumber(CborReader in) throws MalformedException {
        return (int) in.integer(0, SlotReport.MAX_SLOT);
    }

    private static long number(CborReader in) throws MalformedException {
        return in.integer(0, Long.MAX_VALUE);
    }

    private static List<Bytes> certificates(CborReader in, int min) throws MalformedException {
        return in.list(min, Codec.MAX_CHAIN, MessageDecoder::der);
    }

    private static Bytes der(CborReader in) throws MalformedException {
        return in.octets(1, Codec.MAX_DER);
    }

    private static Bytes digest(CborReader in) throws MalformedException {
        return in.octets(DIGEST_OCTETS, DIGEST_OCTETS);
    }

    private static <E> E code(CborReader in, List<E> meanings, ToIntFunction<E> code) throws MalformedException {
        long found = in.integer(0, Long.MAX_VALUE);
        for (E meaning : meanings) {
            if (code.applyAsInt(meaning) == found) {
                return meaning;
            }
        }
        throw new MalformedException("has no meaning: " + found);
    }
}
