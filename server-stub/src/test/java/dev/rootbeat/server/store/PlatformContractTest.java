package dev.rootbeat.server.store;

import static dev.rootbeat.server.store.Samples.NOW;
import static dev.rootbeat.server.store.Samples.certificate;
import static dev.rootbeat.server.store.Samples.registration;
import static dev.rootbeat.server.store.Samples.uid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.model.Registration;
import dev.rootbeat.server.model.Registration.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of {@link PlatformView} and {@link PlatformTransaction}. */
@ParameterizedClass
@EnumSource
class PlatformContractTest {

    private final StoreKind kind;
    private @TempDir Path folder;
    private Store store;

    PlatformContractTest(StoreKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        store = kind.open(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_registration_is_found_by_its_fingerprint_as_it_was_saved_last() {
        Registration first = Registration.of(certificate("root", 1, 1), "a", NOW);
        save(first, registration(2, 2, "a"));
        assertThat(find(first)).contains(first);

        save(first.activated(NOW.plusNanos(5)).disabled());

        assertThat(find(first)).contains(first.activated(NOW.plusNanos(5)).disabled());
        assertThat(find(registration(3, 3, "a"))).isEmpty();
    }

    @Test
    void what_was_disabled_is_enabled_as_what_it_was() {
        Registration fresh = Registration.of(certificate("root", 1, 1), "a", NOW);
        Registration active = registration(1, 1, "a");
        assertThat(fresh.disabled().enabled()).isEqualTo(fresh);
        assertThat(active.disabled().enabled()).isEqualTo(active);
    }

    @Test
    void registrations_of_a_domain_come_in_pages_by_fingerprint_and_are_filtered() {
        var all = new ArrayList<Registration>();
        for (int number = 0; number < 9; number++) {
            Registration one = registration(number, number % 2, "a");
            all.add(number % 3 == 0 ? one.disabled() : one);
        }
        save(all.toArray(Registration[]::new));
        save(registration(100, 1, "b"));
        all.sort(Comparator.comparing(one -> one.fingerprint().hex()));

        var seen = new ArrayList<>(list(null, null, null, 4));
        seen.addAll(list(null, null, seen.getLast().fingerprint(), 4));
        seen.addAll(list(null, null, seen.getLast().fingerprint(), 4));
        assertThat(seen).isEqualTo(all);
        assertThat(list(uid(1), null, null, 100))
                .isEqualTo(
                        all.stream().filter(one -> one.device().equals(uid(1))).toList());
        assertThat(list(uid(0), State.DISABLED, all.getFirst().fingerprint(), 100))
                .isEqualTo(all.stream()
                        .skip(1)
                        .filter(one -> one.device().equals(uid(0)) && one.state() == State.DISABLED)
                        .toList());
        assertThat(list(null, State.REGISTERED, null, 100)).isEmpty();
    }

    private Optional<Registration> find(Registration registration) {
        return store.read(view -> view.platform().registration(registration.fingerprint()));
    }

    private List<Registration> list(
            @Nullable RotPublicUid device, @Nullable State state, @Nullable Bytes after, int limit) {
        return store.read(view -> view.platform().registrations("a", device, state, after, limit));
    }

    private void save(Registration... registrations) {
        store.write(tx -> {
                    List.of(registrations).forEach(tx.platform()::save);
                    return true;
                })
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
