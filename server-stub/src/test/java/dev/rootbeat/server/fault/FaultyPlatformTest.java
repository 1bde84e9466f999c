package dev.rootbeat.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.IssuedCertificate;
import dev.rootbeat.server.model.Operation;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FaultyPlatformTest {

    private static final Bytes OCTETS = Bytes.of(new byte[] {1});

    private final List<IssuedCertificate> registered = new ArrayList<>();
    private final IssuedCertificate certificate = new IssuedCertificate(
            "root",
            BigInteger.TEN,
            RotPublicUid.parse("0a04f008003c9623"),
            OCTETS,
            OCTETS,
            OCTETS,
            Instant.EPOCH,
            Instant.MAX,
            IssuedCertificate.State.EFFECTIVE,
            List.of(),
            Operation.Kind.RENEW,
            null);

    @Test
    void a_platform_that_is_down_refuses_what_comes_and_takes_the_next() {
        FaultyPlatform platform = platform("once platform down");

        assertThat(platform.register(certificate)).isCompletedExceptionally();
        assertThat(registered).isEmpty();
        assertThat(platform.register(certificate)).isCompleted();
        assertThat(registered).containsExactly(certificate);
    }

    @Test
    void a_silent_platform_neither_registers_nor_answers() {
        assertThat(platform("platform silent").register(certificate)).isNotDone();
        assertThat(registered).isEmpty();
    }

    @Test
    void a_platform_whose_answers_are_lost_has_registered() {
        assertThat(platform("platform lose-answer").register(certificate)).isNotDone();
        assertThat(registered).containsExactly(certificate);
    }

    @Test
    void it_may_concern_one_device_alone() {
        assertThat(platform("ffffffffffffffff platform down").register(certificate))
                .isCompleted();
        assertThat(platform(certificate.device() + " platform down").register(certificate))
                .isCompletedExceptionally();
    }

    private FaultyPlatform platform(String fault) {
        return new FaultyPlatform(
                one -> CompletableFuture.completedFuture(registered.add(one)),
                new Faults(List.of(Fault.parse(fault)), 0));
    }
}
