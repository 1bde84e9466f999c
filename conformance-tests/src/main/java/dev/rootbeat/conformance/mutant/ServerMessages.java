package dev.rootbeat.conformance.mutant;

import static dev.rootbeat.conformance.mutant.Mutant.server;

import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.KeyAlgorithm;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Servers that say something else than they should, or do not hear what they are told. */
final class ServerMessages {

    static final List<Mutant> ALL = List.of(
            server(
                    "orders-in-the-answer-to-results",
                    "protocol 5.1: no reply leads to a second round in the same heartbeat",
                    "orders a key pair in the answer to results",
                    ServerMessages::orderingTwice),
            server(
                    "acknowledges-nothing",
                    "protocol 2: the reply names the results that are stored",
                    "acknowledges no results",
                    () -> Deviation.ofReply(was -> Altered.acknowledged(was, List.of()))),
            server(
                    "acknowledges-and-forgets",
                    "protocol 2: acknowledged means stored",
                    "acknowledges results that it does not look at",
                    ServerMessages::forgettingResults),
            server(
                    "tells-a-wrong-time",
                    "protocol 2: the reply tells the server's time",
                    "tells a time of ten years ago",
                    () -> Deviation.ofReply(
                            was -> Altered.serverTime(was, was.serverTime().minus(Duration.ofDays(3650))))),
            server(
                    "calls-every-device-sealed",
                    "requirements 3.5: 1,1,1 appears when provisioning is complete",
                    "shows every device as sealed from the first reply on",
                    () -> Deviation.ofReply(was -> Altered.status(was, DeviceStatus.SEALED))),
            server(
                    "calls-no-device-sealed",
                    "requirements 3.5: 1,1,1 appears when provisioning is complete",
                    "shows every device as unsealed",
                    () -> Deviation.ofReply(was -> Altered.status(was, DeviceStatus.BOOTSTRAPPED))),
            server(
                    "sends-no-trust-anchor",
                    "requirements 5: trust anchors come with the certificate",
                    "sends the device's own certificate in the place of its anchor",
                    () -> Deviation.ofReply(was -> Altered.certificates(
                            was, set -> new Command.SetCertificate(set.id(), set.slot(), set.chain(), set.chain())))),
            server(
                    "sends-no-certificate",
                    "protocol 3: the commands are the difference",
                    "leaves certificates out of its replies",
                    () -> Deviation.ofReply(was -> Altered.commands(
                            was,
                            was.commands().stream()
                                    .filter(command -> !(command instanceof Command.SetCertificate))
                                    .toList()))),
            server(
                    "deletes-before-it-renews",
                    "protocol 5.2: one working credential at every instant",
                    "has the old credential deleted first",
                    () -> Deviation.ofReply(was ->
                            Altered.certificates(was, set -> new Command.DeleteCredential(set.id(), set.slot())))),
            server(
                    "delete-keeps-the-key",
                    "requirements 5: delete removes key and certificate",
                    "has a certificate read where it should have it deleted",
                    () -> Deviation.ofReply(was -> Altered.commands(
                            was,
                            was.commands().stream()
                                    .map(command -> command instanceof Command.DeleteCredential delete
                                            ? new Command.ReadCertificate(delete.id(), delete.slot())
                                            : command)
                                    .toList()))),
            server(
                    "renames-its-orders",
                    "protocol 2: a command has an id",
                    "sends every command under another id than it has on record",
                    () -> Deviation.ofReply(was -> Altered.certificates(
                                    was,
                                    set -> new Command.SetCertificate(
                                            set.id() ^ 1, set.slot(), set.chain(), set.trustAnchors())))
                            .results((_, was) -> was)),
            server(
                    "orders-a-key-with-every-certificate",
                    "protocol 5.1: update takes two heartbeats",
                    "has a key pair generated with every certificate",
                    () -> Deviation.ofReply(ServerMessages::withKey)),
            server(
                    "wants-a-heartbeat-a-month",
                    "requirements 4: heartbeats come every 24 h",
                    "asks for the next heartbeat in a month",
                    () -> Deviation.ofReply(was -> Altered.next(was, Duration.ofDays(30)))),
            server(
                    "wants-a-heartbeat-at-once",
                    "requirements 4: the next heartbeat comes after the guard interval",
                    "asks for the next heartbeat at once",
                    () -> Deviation.ofReply(was -> Altered.next(was, Duration.ofSeconds(1)))));

    private ServerMessages() {}

    private static Deviation orderingTwice() {
        Set<RotPublicUid> answering = new HashSet<>();
        return new Deviation()
                .results((device, was) -> {
                    answering.add(device);
                    return was;
                })
                .reply((device, was) -> answering.remove(device)
                        ? Altered.commands(
                                was, List.of(new Command.GenerateKeyPair(1, SlotReport.MANAGED, KeyAlgorithm.P256)))
                        : was);
    }

    private static Deviation forgettingResults() {
        Map<RotPublicUid, List<Long>> dropped = new HashMap<>();
        return new Deviation()
                .heartbeat((device, was) -> {
                    dropped.put(device, was.results().stream().map(Result::id).toList());
                    return Altered.results(was, List.of());
                })
                .results((_, was) -> new Results(was.counter(), List.of()))
                .reply((device, was) -> Altered.acknowledged(was, dropped.getOrDefault(device, List.of())));
    }

    private static Reply withKey(Reply was) {
        return was.commands().stream().anyMatch(command -> command instanceof Command.SetCertificate)
                ? Altered.commands(
                        was,
                        List.of(
                                was.commands().getFirst(),
                                new Command.GenerateKeyPair(2, SlotReport.MANAGED, KeyAlgorithm.P256)))
                : was;
    }
}
