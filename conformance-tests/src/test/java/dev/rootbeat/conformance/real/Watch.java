package dev.rootbeat.conformance.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.conformance.model.Books;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.store.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Sees what the devices get, and which certificates they use. */
final class Watch implements Behaviour {

    private final Map<RotPublicUid, Set<Bytes>> used = new ConcurrentHashMap<>();
    private final AtomicInteger replies = new AtomicInteger();

    /** For each device the fingerprints of the certificates that it has used. */
    Map<RotPublicUid, Set<Bytes>> used() {
        return used;
    }

    /** How many replies devices have got. */
    int replies() {
        return replies.get();
    }

    /**
     * Compares the server's data with what was seen, at a moment when every device has what is wanted.
     *
     * @param present for each device the fingerprint of the certificate that it uses, if it uses one
     */
    void assertAgreement(View view, Map<RotPublicUid, Optional<Bytes>> present, List<Orders> orders) {
        assertThat(Books.problems(view, used, Set.of())).isEmpty();
        assertThat(Books.disagreements(view, present)).isEmpty();
        for (Orders each : orders) {
            assertThat(each.failures()).isEmpty();
            assertThat(each.lost(view)).isEmpty();
        }
    }

    @Override
    public Reply reply(RotPublicUid device, Reply reply) {
        replies.incrementAndGet();
        return reply;
    }

    @Override
    public Result result(RotPublicUid device, Command command, Result result) {
        if (command instanceof Command.SetCertificate set && result instanceof Result.Done) {
            used.computeIfAbsent(device, _ -> ConcurrentHashMap.newKeySet())
                    .add(set.chain().getFirst().sha256());
        }
        return result;
    }
}
