package dev.rootbeat.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.postgres.PostgresCluster;
import dev.rootbeat.rot.crypto.FastP256;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.model.Notification;
import dev.rootbeat.server.model.Operation.Kind;
import dev.rootbeat.server.model.Revocation;
import dev.rootbeat.server.store.Store;
import dev.rootbeat.server.store.Transaction;
import dev.rootbeat.server.store.View;
import dev.rootbeat.server.store.sql.SqlStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two servers on one database, each with all that a process has of its own, serve the same devices. */
class TwoServersTest {

    private final String url = PostgresCluster.freshDatabase();
    private final SqlStore one = SqlStore.connect(url);
    private final SqlStore other = SqlStore.connect(url);
    private final Site site = new Site(new InTurn(one, other));
    private final TestDevice device = TestDevice.provisioned(site, 1);

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void what_one_server_accepts_another_carries_out_and_it_is_billed_once() {
        site.accept(new Instruction.Renew(), device.uid);
        device.beat();
        site.accept(new Instruction.Update(), device.uid);
        device.laterBeat();
        device.laterBeat();
        assertThat(site.operations(device.uid))
                .hasSize(3)
                .allSatisfy(operation -> assertThat(operation.state().isOpen()).isFalse());
        assertThat(site.bills()).containsExactly(Kind.RENEW, Kind.UPDATE);
        assertThat(site.certificates(device.uid)).hasSize(3);
        assertNoAlarm();
    }

    @Test
    void the_guard_interval_after_a_heartbeat_at_one_server_holds_at_the_other() {
        device.beat();
        // Each request goes to the other server for its reading, its writing, or both.
        for (int i = 0; i < 4; i++) {
            assertThat(device.send().code()).isEqualTo(Response.Code.TOO_MANY_REQUESTS);
        }
        assertNoAlarm();
    }

    @Test
    void a_heartbeat_that_reaches_both_servers_at_once_counts_once() {
        var first = heartbeats(one);
        var second = heartbeats(other);
        for (int round = 0; round < 20; round++) {
            site.accept(new Instruction.Renew(), device.uid);
            device.counter = new Counter(device.counter.boot(), device.counter.beat() + 1);
            Bytes body = device.heartbeat(device.counter);
            var answers = List.of(sent(first, body), sent(second, body));
            Response answer = joined(answers.getFirst());
            assertThat(joined(answers.getLast()).payload()).isEqualTo(answer.payload());
            assertThat(device.run(answer).commands()).hasSize(1);
            device.sendResults();
            site.clock.step(site.policy.guard());
        }
        assertThat(site.certificates(device.uid)).hasSize(21);
        assertThat(site.bills()).hasSize(20).containsOnly(Kind.RENEW);
        assertNoAlarm();
    }

    @Test
    void of_two_heartbeats_that_reach_two_servers_at_once_one_is_accepted() {
        var first = heartbeats(one);
        var second = heartbeats(other);
        for (int round = 0; round < 20; round++) {
            long beat = device.counter.beat();
            var answers = List.of(
                    sent(first, device.heartbeat(new Counter(1, beat + 1))),
                    sent(second, device.heartbeat(new Counter(1, beat + 2))));
            assertThat(answers)
                    .extracting(answer -> joined(answer).code())
                    .containsExactlyInAnyOrder(Response.Code.CHANGED, Response.Code.TOO_MANY_REQUESTS);
            device.counter = new Counter(1, beat + 2);
            site.clock.step(site.policy.guard());
        }
        assertNoAlarm();
    }

    @Test
    void what_two_servers_revoke_at_once_is_in_the_list() {
        site.clock.step(site.policy.guard());
        var devices = List.of(device, TestDevice.provisioned(site, 2), TestDevice.provisioned(site, 3));
        var revoke = new Instruction.Revoke(Revocation.Reason.KEY_COMPROMISE);
        var answers = devices.stream()
                .map(each -> operations(each == device ? one : other).instruct(Site.HOME, revoke, List.of(each.uid)))
                .toList();
        answers.forEach(answer -> assertThat(answer.join().getFirst().error()).isNull());
        Bytes list = site.store
                .read(view -> view.crl(site.rootCa.id()))
                .orElseThrow()
                .der();
        for (TestDevice each : devices) {
            assertThat(list.toString())
                    .contains(each.certificate().serialNumber().toString(16));
        }
    }

    private void assertNoAlarm() {
        assertThat(site.device(device.uid).frozen()).isNull();
        assertThat(site.told(Notification.Kind.CLONE_SUSPECTED)).isEmpty();
    }

    private HeartbeatService heartbeats(Store store) {
        return new HeartbeatService(
                store, site.clock, site.policy, certification(), site.platforms(store), Behaviour.NONE);
    }

    private OperationService operations(Store store) {
        return new OperationService(store, site.clock, certification());
    }

    private static Certification certification() {
        P256 p256 = FastP256.ofThisMachine();
        var random = new SecureRandom();
        return new Certification(new CertificateAuthority(p256, random, "http://ca.example"), p256, new Ids(random));
    }

    private CompletableFuture<Response> sent(HeartbeatService server, Bytes body) {
        var answer = new CompletableFuture<Response>();
        Thread.ofVirtual()
                .start(() -> server.handle(device.uid, new Request(Request.HEARTBEAT, body), answer::complete));
        return answer;
    }

    private static Response joined(CompletableFuture<Response> answer) {
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Goes to one store and to the other in turn, for every read and for every write. */
    private record InTurn(List<Store> stores, AtomicInteger calls) implements Store {

        InTurn(Store... stores) {
            this(List.of(stores), new AtomicInteger());
        }

        private Store next() {
            return stores.get(calls.getAndIncrement() % stores.size());
        }

        @Override
        public <T extends @Nullable Object> CompletableFuture<T> write(Function<Transaction, T> work) {
            return next().write(work);
        }

        @Override
        public <T extends @Nullable Object> T read(Function<View, T> query) {
            return next().read(query);
        }

        @Override
        public void close() {}
    }
}
