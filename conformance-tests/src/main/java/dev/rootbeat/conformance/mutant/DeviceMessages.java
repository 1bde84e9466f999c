package dev.rootbeat.conformance.mutant;

import static dev.rootbeat.conformance.mutant.Mutant.device;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reason;
import dev.rootbeat.rot.protocol.Refusal;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.rot.protocol.SlotReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Devices that say something else than they should, or do something else than they are told. */
final class DeviceMessages {

    private static final int OTHER_SLOT = 1;

    static final List<Mutant> ALL = List.of(
            device(
                    "counter-stands-still",
                    "protocol 2: the counter of heartbeats is ordered",
                    "sends every heartbeat of a boot with the same counter",
                    () -> Deviation.ofHeartbeat(was ->
                            Altered.counter(was, new Counter(was.counter().boot(), 1)))),
            device(
                    "counter-runs-backwards",
                    "protocol 2: the counter of heartbeats is ordered",
                    "counts every boot down",
                    () -> Deviation.ofHeartbeat(was -> Altered.counter(
                            was,
                            new Counter(
                                    1_000_000 - was.counter().boot(),
                                    was.counter().beat())))),
            device(
                    "repeats-its-nonce",
                    "protocol 2: a heartbeat has a fresh nonce",
                    "sends the same nonce with every heartbeat",
                    () -> Deviation.ofHeartbeat(was -> Altered.nonce(was, Bytes.of(new byte[Heartbeat.NONCE_OCTETS])))),
            device(
                    "lies-about-its-product",
                    "requirements 2: older firmware is refused certificate operations",
                    "reports a firmware that does not support the certificate manager",
                    () -> Deviation.ofHeartbeat(was -> Altered.product(was, "SARA-R500S-00B-00"))),
            device(
                    "drops-its-seal",
                    "protocol 2: a heartbeat names profile and serial number once known",
                    "names profile and serial number only until it is sealed",
                    () -> Deviation.ofHeartbeat(
                            was -> was.reason().compareTo(Reason.PROVISION) > 0 ? Altered.seal(was, null) : was)),
            device(
                    "changes-its-serial-number",
                    "requirements 3.3: sealing is for once",
                    "shows another serial number with every heartbeat",
                    () -> Deviation.ofHeartbeat(was -> Altered.seal(was, otherSeal(was)))),
            device(
                    "reports-its-first-certificate",
                    "protocol 3: every report shows what is there now",
                    "reports for ever the first certificate that it had",
                    DeviceMessages::reportingTheFirst),
            device(
                    "reports-an-empty-slot",
                    "protocol 3: every report shows what is there now",
                    "reports that its slot is empty",
                    () -> Deviation.ofHeartbeat(
                            was -> Altered.slots(was, List.of(SlotReport.empty(SlotReport.MANAGED))))),
            device(
                    "keeps-its-results",
                    "protocol 2: results that are not acknowledged come again",
                    "sends no results",
                    () -> Deviation.ofHeartbeat(was -> Altered.results(was, List.of()))
                            .results((_, was) -> new Results(was.counter(), List.of()))),
            device(
                    "repeats-acknowledged-results",
                    "protocol 2: what is acknowledged does not come again",
                    "does not read which results are acknowledged",
                    () -> Deviation.ofReply(was -> Altered.acknowledged(was, List.of()))),
            device(
                    "misreads-the-servers-time",
                    "protocol 4: validity is checked against the server's time",
                    "takes the server's time for one of ten years later",
                    () -> Deviation.ofReply(
                            was -> Altered.serverTime(was, was.serverTime().plus(Duration.ofDays(3650))))),
            device(
                    "comes-once-a-month",
                    "requirements 4: the reply says when to come next",
                    "comes once a month, whatever the reply says",
                    () -> Deviation.ofReply(was -> Altered.next(was, Duration.ofDays(30)))),
            device(
                    "comes-again-at-once",
                    "requirements 4: the reply says when to come next",
                    "sends its next heartbeat at once",
                    () -> Deviation.ofReply(was -> Altered.next(was, Duration.ZERO))),
            device(
                    "never-believes-that-it-is-sealed",
                    "requirements 3.5: provisioning ends",
                    "goes on as if it were not sealed",
                    () -> Deviation.ofReply(was -> Altered.status(was, DeviceStatus.BOOTSTRAPPED))),
            device(
                    "answers-with-another-id",
                    "protocol 2: a result names its command",
                    "runs every command under an id of its own",
                    () -> Deviation.ofCommand(DeviceMessages::renamed)),
            device(
                    "says-done-and-does-nothing",
                    "protocol 4: set certificate switches",
                    "answers that it has the certificate, and keeps the old one",
                    () -> Deviation.ofCommand(was -> Altered.certificate(was, set -> read(set)))
                            .result((command, was) ->
                                    command instanceof Command.ReadCertificate ? new Result.Done(was.id()) : was)),
            device(
                    "says-done-whatever-comes",
                    "protocol 4: the certificate's public key is checked",
                    "answers that it has a certificate that it has refused",
                    () -> Deviation.ofResult((_, was) ->
                            was instanceof Result.Refused refused && refused.refusal() != Refusal.STORAGE_FULL
                                    ? new Result.Done(was.id())
                                    : was)),
            device(
                    "takes-any-chain",
                    "protocol 4: the issuer chain is checked",
                    "trusts what a certificate brings with it, that certificate above all",
                    () -> Deviation.ofCommand(was -> Altered.certificate(
                            was,
                            set -> new Command.SetCertificate(
                                    set.id(),
                                    set.slot(),
                                    set.chain(),
                                    List.of(set.chain().getLast()))))),
            device(
                    "empties-its-slot-first",
                    "protocol 5.2: one working credential at every instant",
                    "deletes its credential when a new certificate comes",
                    () -> Deviation.ofCommand(was ->
                            Altered.certificate(was, set -> new Command.DeleteCredential(set.id(), set.slot())))),
            device(
                    "uses-another-slot",
                    "protocol 4: a command is for its slot",
                    "keeps what is meant for the managed slot in another",
                    () -> Deviation.ofCommand(DeviceMessages::inOtherSlot)),
            device(
                    "refuses-every-renewal",
                    "requirements 5: renew takes one heartbeat",
                    "refuses every certificate but its first",
                    DeviceMessages::refusingRenewals),
            device(
                    "delete-keeps-the-key",
                    "requirements 5: delete removes key and certificate",
                    "answers that it has deleted its credential, and keeps it",
                    () -> Deviation.ofCommand(was -> was instanceof Command.DeleteCredential delete
                                    ? new Command.ReadCertificate(delete.id(), delete.slot())
                                    : was)
                            .result((command, was) ->
                                    command instanceof Command.ReadCertificate ? new Result.Done(was.id()) : was)),
            device(
                    "does-not-know-delete",
                    "requirements 5: delete takes one heartbeat",
                    "does not know the command to delete",
                    () -> Deviation.ofCommand(was -> was instanceof Command.DeleteCredential delete
                            ? new Command.Unknown(delete.id(), 99)
                            : was)),
            device(
                    "sends-an-old-request",
                    "protocol 2: the answer carries a request signed with the new key",
                    "answers every order for a key with its first request",
                    DeviceMessages::sendingItsFirstRequest));

    private DeviceMessages() {}

    private static Seal otherSeal(Heartbeat was) {
        Seal seal = was.seal();
        return new Seal(
                seal == null ? "none" : seal.profileUid(),
                Long.toString(was.counter().boot() * 1000 + was.counter().beat()));
    }

    private static Deviation reportingTheFirst() {
        Map<RotPublicUid, List<SlotReport>> first = new HashMap<>();
        return new Deviation()
                .heartbeat((device, was) -> was.slots().stream().allMatch(slot -> slot.certificate() == null)
                        ? was
                        : Altered.slots(was, first.computeIfAbsent(device, _ -> was.slots())));
    }

    private static Command renamed(Command was) {
        long other = was.id() ^ 1;
        return switch (was) {
            case Command.GenerateKeyPair order -> new Command.GenerateKeyPair(other, order.slot(), order.algorithm());
            case Command.SetCertificate order ->
                new Command.SetCertificate(other, order.slot(), order.chain(), order.trustAnchors());
            case Command.DeleteCredential order -> new Command.DeleteCredential(other, order.slot());
            case Command.ReadCertificate order -> new Command.ReadCertificate(other, order.slot());
            case Command.Unknown order -> new Command.Unknown(other, order.type());
        };
    }

    private static Command read(Command.SetCertificate set) {
        return new Command.ReadCertificate(set.id(), set.slot());
    }

    private static Command inOtherSlot(Command was) {
        return switch (was) {
            case Command.GenerateKeyPair order ->
                new Command.GenerateKeyPair(order.id(), OTHER_SLOT, order.algorithm());
            case Command.SetCertificate order ->
                new Command.SetCertificate(order.id(), OTHER_SLOT, order.chain(), order.trustAnchors());
            case Command.DeleteCredential order -> new Command.DeleteCredential(order.id(), OTHER_SLOT);
            case Command.ReadCertificate _, Command.Unknown _ -> was;
        };
    }

    private static Deviation refusingRenewals() {
        Map<RotPublicUid, Long> first = new HashMap<>();
        return new Deviation()
                .command((device, was) -> Altered.certificate(was, set -> {
                    boolean again =
                            Objects.requireNonNullElse(first.putIfAbsent(device, set.id()), set.id()) != set.id();
                    return again
                            ? new Command.SetCertificate(set.id(), set.slot(), List.of(), set.trustAnchors())
                            : set;
                }));
    }

    private static Deviation sendingItsFirstRequest() {
        // Results name no device, and each device's first request is its own.
        Map<RotPublicUid, Bytes> first = new HashMap<>();
        return new Deviation()
                .heartbeat((device, was) -> Altered.results(was, withFirst(first, device, was.results())))
                .results((device, was) -> new Results(was.counter(), withFirst(first, device, was.results())));
    }

    private static List<Result> withFirst(Map<RotPublicUid, Bytes> first, RotPublicUid device, List<Result> results) {
        return results.stream()
                .map(was -> was instanceof Result.KeyPairGenerated(long id, Bytes request)
                        ? new Result.KeyPairGenerated(id, first.computeIfAbsent(device, _ -> request))
                        : was)
                .toList();
    }
}
