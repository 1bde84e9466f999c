package dev.rootbeat.conformance.mutant;

import static dev.rootbeat.conformance.mutant.Mutant.device;

import dev.rootbeat.module.heartbeat.HeartbeatSettings;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.SecureChannel;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** Devices whose storage, keys, channel or schedule is not what it should be. */
final class DeviceInside {

    private static final String BOOT = "rot.boot";
    private static final String SLOT = "rot.slot.0";
    private static final String STATE = "agent.state";

    static final List<Mutant> ALL = List.of(
            device(
                    "loses-its-counter-on-reboot",
                    "protocol 2: the counter is kept in storage before sending",
                    "counts its boots from one again at every power-on",
                    () -> Deviation.ofFlash(flash -> new Storage(flash, values -> without(values, BOOT)))),
            device(
                    "loses-its-certificate-on-reboot",
                    "protocol 5.2: one working credential at every instant",
                    "keeps its credential in memory only",
                    () -> Deviation.ofFlash(flash -> new MemoryOnly(flash, SLOT))),
            device(
                    "forgets-its-state-on-reboot",
                    "requirements 4: what the last reply said is kept in storage",
                    "does not store what it was told, and begins anew at every power-on",
                    () -> Deviation.ofFlash(flash -> new Storage(flash, values -> without(values, STATE)))),
            device(
                    "drops-the-old-credential-first",
                    "protocol 4: the old credential is readable until the new one is",
                    "removes its old credential before it writes the new one",
                    () -> Deviation.ofFlash(Emptying::new)),
            device(
                    "keeps-its-key",
                    "requirements 5: update brings a new key pair",
                    "answers every order for a key with the one that it has",
                    () -> Deviation.ofP256(DeviceInside::oneKeyOfItsOwn)),
            device(
                    "shares-its-key",
                    "requirements 3.5: the key pair is generated inside each Root of Trust",
                    "has the same key as every other device",
                    DeviceInside::sharingOneKey),
            device(
                    "proves-no-possession",
                    "protocol 2: the request is signed with the new key",
                    "signs its request with another key",
                    () -> Deviation.ofP256(p256 -> new Keys(
                            p256,
                            p256::generateKeyPair,
                            (_, message) -> p256.sign(p256.generateKeyPair().getPrivate(), message)))),
            device(
                    "tells-its-private-key",
                    "protocol 5.3: no private key is in any message",
                    "sends its private key with the result of a renewal",
                    DeviceInside::tellingItsKey),
            device(
                    "has-no-guard",
                    "requirements 4: a forced heartbeat within the guard interval is not sent",
                    "sends a heartbeat whenever its host asks",
                    () -> Deviation.ofSettings(was -> guarded(was, Duration.ofSeconds(5)))),
            device(
                    "guard-is-a-minute-short",
                    "requirements 4: a forced heartbeat within the guard interval is not sent",
                    "has a guard interval that is a minute too short",
                    () -> Deviation.ofSettings(was -> guarded(was, was.guard().minusMinutes(1)))),
            device(
                    "guard-never-ends",
                    "requirements 4: a host can force heartbeats",
                    "refuses to force a heartbeat for a day",
                    () -> Deviation.ofSettings(was -> guarded(was, Duration.ofDays(1)))),
            device(
                    "ignores-max-age",
                    "requirements 4: the module honours Max-Age",
                    "comes again soon when it is told to wait",
                    () -> Deviation.ofChannel(channel -> new Impatient(channel, 0))),
            device(
                    "sends-results-without-bound",
                    "protocol 2: results come a bounded number of times",
                    "sends its results six times",
                    () -> Deviation.ofChannel(channel -> new Impatient(channel, 5))));

    private DeviceInside() {}

    private static Map<String, Bytes> without(Map<String, Bytes> values, String name) {
        var others = new HashMap<>(values);
        others.remove(name);
        return others;
    }

    private static HeartbeatSettings guarded(HeartbeatSettings was, Duration guard) {
        return new HeartbeatSettings(
                was.period(),
                was.jitter(),
                guard,
                was.firstContactSpread(),
                was.backOff(),
                was.provisioningBackOff(),
                was.forcedPerDay());
    }

    private static P256 oneKeyOfItsOwn(P256 p256) {
        return Keys.one(p256, new HashMap<>());
    }

    private static Deviation sharingOneKey() {
        Map<String, KeyPair> only = new HashMap<>();
        return Deviation.ofP256(p256 -> Keys.one(p256, only));
    }

    private static Deviation tellingItsKey() {
        // Of one device only: whose it is cannot be seen from here.
        Map<String, KeyPair> last = new HashMap<>();
        return Deviation.ofP256(p256 -> Keys.one(p256, last))
                .result((command, was) -> command instanceof Command.SetCertificate
                                && last.values().iterator().next().getPrivate() instanceof ECPrivateKey key
                        ? new Result.CertificateRead(
                                was.id(), List.of(Bytes.of(BigIntegers.asUnsignedByteArray(32, key.getS()))))
                        : was);
    }

    /** Writes something else than it is told to. */
    private record Storage(Flash flash, UnaryOperator<Map<String, Bytes>> change) implements Flash {

        @Override
        public @Nullable Bytes read(String name) {
            return flash.read(name);
        }

        @Override
        public void write(Map<String, Bytes> values) throws StorageFull {
            flash.write(change.apply(values));
        }
    }

    /** Keeps one value in memory. */
    private record MemoryOnly(Flash flash, String name, Map<String, Bytes> kept) implements Flash {

        MemoryOnly(Flash flash, String name) {
            this(flash, name, new HashMap<>());
        }

        @Override
        public @Nullable Bytes read(String asked) {
            return asked.equals(name) ? kept.get(name) : flash.read(asked);
        }

        @Override
        public void write(Map<String, Bytes> values) throws StorageFull {
            Bytes value = values.get(name);
            if (value != null) {
                kept.put(name, value);
            }
            flash.write(without(values, name));
        }
    }

    /** Removes the slot's value in a write of its own before it writes another. */
    private record Emptying(Flash flash) implements Flash {

        @Override
        public @Nullable Bytes read(String name) {
            return flash.read(name);
        }

        @Override
        public void write(Map<String, Bytes> values) throws StorageFull {
            if (values.containsKey(SLOT)) {
                flash.write(Map.of(SLOT, Bytes.EMPTY));
            }
            flash.write(values);
        }
    }

    /** Makes a signature. */
    @FunctionalInterface
    private interface Signer {
        byte[] sign(PrivateKey key, byte[] message);
    }

    /** Generates and signs in another way. */
    private record Keys(P256 p256, Supplier<KeyPair> generator, Signer signer) implements P256 {

        /** Generates one key pair for all who share it, and has no other. */
        static Keys one(P256 p256, Map<String, KeyPair> only) {
            return new Keys(p256, () -> only.computeIfAbsent("only", _ -> p256.generateKeyPair()), p256::sign);
        }

        @Override
        public KeyPair generateKeyPair() {
            return generator.get();
        }

        @Override
        public byte[] sign(PrivateKey key, byte[] message) {
            return signer.sign(key, message);
        }

        @Override
        public boolean verify(PublicKey key, byte[] message, byte[] signature) {
            return p256.verify(key, message, signature);
        }

        @Override
        public PublicKey publicKey(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
            return p256.publicKey(subjectPublicKeyInfo);
        }

        @Override
        public PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
            return p256.privateKey(pkcs8);
        }
    }

    /** Does not wait when it is told to, and sends results again and again. */
    private record Impatient(SecureChannel channel, int repetitions) implements SecureChannel {

        @Override
        public void send(Request request, Consumer<Outcome> outcome) {
            send(request, request.path().equals(Request.RESULTS) ? repetitions : 0, outcome);
        }

        private void send(Request request, int more, Consumer<Outcome> outcome) {
            channel.send(request, got -> {
                if (more > 0) {
                    send(request, more - 1, outcome);
                } else {
                    outcome.accept(repetitions > 0 ? got : hurried(got));
                }
            });
        }

        private static Outcome hurried(Outcome got) {
            return got instanceof Outcome.Answered(Response response)
                            && response.code() == Response.Code.TOO_MANY_REQUESTS
                    ? new Outcome.Answered(new Response(response.code(), Duration.ZERO, response.payload()))
                    : got;
        }

        @Override
        public void close() {
            channel.close();
        }
    }
}
