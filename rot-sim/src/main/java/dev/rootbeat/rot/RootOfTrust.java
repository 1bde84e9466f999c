package dev.rootbeat.rot;

import dev.rootbeat.rot.Slot.Active;
import dev.rootbeat.rot.Slot.StoredKey;
import dev.rootbeat.rot.crypto.CertificateRequests;
import dev.rootbeat.rot.crypto.KeyHierarchy;
import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Counter;
import dev.rootbeat.rot.protocol.Refusal;
import dev.rootbeat.rot.protocol.Result;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SlotReport;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The Root of Trust of a module. It generates key pairs, keeps certificates in slots, and runs the commands of the
 * certificate manager (protocol, section 4). One thread at a time.
 *
 * <p>In the storage it owns the names that start with {@value #NAMES}. A command's effect and its result are one write,
 * so a power cut leaves both or none.
 */
public final class RootOfTrust {

    /** How many slots it has; slot {@link SlotReport#MANAGED} is the certificate manager's. */
    public static final int SLOTS = 4;

    /** What the names of its stored values start with. */
    public static final String NAMES = "rot.";

    /**
     * How many octets a slot's chain may have: enough for a device's certificate and several authorities, and few
     * enough that the chain can be read out in the result of one command.
     */
    public static final int MAX_CHAIN_OCTETS = 4096;

    private static final String BOOT = NAMES + "boot";
    private static final String RESULTS = NAMES + "results";
    private static final String SLOT = NAMES + "slot.";

    private final RotIdentity identity;
    private final Flash flash;
    private final P256 p256;
    private final long boot;
    private final List<SlotReport> reports = new ArrayList<>();
    private ResultLog results;
    private long beat;

    private RootOfTrust(RotIdentity identity, Flash flash, P256 p256, long boot) {
        this.identity = identity;
        this.flash = flash;
        this.p256 = p256;
        this.boot = boot;
        this.results = ResultLog.decode(flash.read(RESULTS));
        for (int slot = 0; slot < SLOTS; slot++) {
            reports.add(slot(slot).report(slot));
        }
    }

    /**
     * Starts the Root of Trust on its storage: recovers, and stores the next boot number before it returns.
     *
     * @throws Flash.StorageFull if not even the boot number has room
     */
    public static RootOfTrust boot(RotIdentity identity, Flash flash, P256 p256) throws Flash.StorageFull {
        Bytes last = flash.read(BOOT);
        long boot = last == null || last.size() != Long.BYTES
                ? 1
                : ByteBuffer.wrap(last.toArray()).getLong() + 1;
        flash.write(Map.of(
                BOOT, Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(boot).array())));
        return new RootOfTrust(identity, flash, p256, boot);
    }

    /** Its public identity. */
    public RotPublicUid uid() {
        return identity.uid();
    }

    /** The next counter for a heartbeat; higher than every one before, in this boot and earlier ones. */
    public Counter nextCounter() {
        beat++;
        return new Counter(boot, beat);
    }

    /** What each slot holds, by ascending number. */
    public List<SlotReport> report() {
        return List.copyOf(reports);
    }

    /**
     * Runs a command and stores its result together with its effect. A command whose id was run before is answered
     * with the stored result. Where the storage has no room for the effect, nothing changes; where it has none for the
     * refusal either, that is remembered until power-off.
     *
     * @param command may hold any octets in the place of certificates
     * @param serverTime the time of the reply that brought it; certificates are validated against it
     */
    public Result execute(Command command, Instant serverTime) {
        return results.find(command.id()).orElseGet(() -> {
            Effect effect = run(command, serverTime);
            if (store(effect)) {
                return effect.result;
            }
            Effect refusal = Effect.refused(command, Refusal.STORAGE_FULL);
            if (!store(refusal)) {
                results = results.with(refusal.result);
            }
            return refusal.result;
        });
    }

    /** Results that {@link #acknowledge} has not named yet, oldest first. */
    public List<Result> unacknowledged() {
        return results.waiting();
    }

    /** The server has stored these results; ids that it does not wait for are ignored. */
    public void acknowledge(List<Long> ids) {
        ResultLog after = results.acknowledge(ids);
        if (!after.equals(results) && !write(after, Map.of())) {
            results = after;
        }
    }

    /** The credential that a slot uses, or empty if it has none. */
    public Optional<Credential> credential(int slot) {
        Active active = slot(slot).active();
        if (active == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Credential(
                    p256.privateKey(active.key().privateKey().toArray()), active.chain(), active.trustAnchors()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("slot " + slot + " holds a key that cannot be read", e);
        }
    }

    /** The pre-shared key of the secure channel, 16 octets (protocol, section 1). */
    public Bytes channelKey() {
        return KeyHierarchy.channelKey(identity.rootSecret());
    }

    private Effect run(Command command, Instant serverTime) {
        return switch (command) {
            case Command.Unknown unknown -> new Effect(new Result.Unsupported(unknown.id()), null);
            case Command.GenerateKeyPair generate when exists(generate.slot()) -> generate(generate);
            case Command.SetCertificate set when exists(set.slot()) -> set(set, serverTime);
            case Command.ReadCertificate read when exists(read.slot()) -> read(read);
            case Command.DeleteCredential delete
            when exists(delete.slot()) ->
                new Effect(new Result.Done(delete.id()), new Change(delete.slot(), Slot.EMPTY));
            case Command.GenerateKeyPair _,
                    Command.SetCertificate _,
                    Command.ReadCertificate _,
                    Command.DeleteCredential _ -> Effect.refused(command, Refusal.NO_SUCH_SLOT);
        };
    }

    private Effect generate(Command.GenerateKeyPair command) {
        KeyPair pair = switch (command.algorithm()) {
            case P256 -> p256.generateKeyPair();
        };
        Slot after = new Slot(slot(command.slot()).active(), StoredKey.of(pair));
        Bytes request = CertificateRequests.create(p256, pair, uid());
        return new Effect(new Result.KeyPairGenerated(command.id(), request), new Change(command.slot(), after));
    }

    private Effect set(Command.SetCertificate command, Instant serverTime) {
        if (command.chain().stream().mapToInt(Bytes::size).sum() > MAX_CHAIN_OCTETS) {
            return Effect.refused(command, Refusal.STORAGE_FULL);
        }
        CertificateChain chain =
                CertificateChain.parse(command.chain(), command.trustAnchors()).orElse(null);
        if (chain == null) {
            return Effect.refused(command, Refusal.BAD_CHAIN);
        }
        Slot before = slot(command.slot());
        StoredKey key = before.keyOf(chain.own().subjectPublicKeyInfo());
        if (key == null) {
            return Effect.refused(command, Refusal.KEY_MISMATCH);
        }
        if (!chain.isTrusted(p256)) {
            return Effect.refused(command, Refusal.BAD_CHAIN);
        }
        if (!chain.isValidAt(serverTime)) {
            return Effect.refused(command, Refusal.NOT_VALID_NOW);
        }
        Active active = new Active(key, chain.own().serialNumber(), command.chain(), command.trustAnchors());
        Slot after = new Slot(active, key.equals(before.pending()) ? null : before.pending());
        return new Effect(new Result.Done(command.id()), new Change(command.slot(), after));
    }

    private Effect read(Command.ReadCertificate command) {
        Active active = slot(command.slot()).active();
        List<Bytes> chain = active == null ? List.of() : active.chain();
        return new Effect(new Result.CertificateRead(command.id(), chain), null);
    }

    private static boolean exists(int slot) {
        return slot >= 0 && slot < SLOTS;
    }

    private Slot slot(int number) {
        return Slot.decode(flash.read(SLOT + number));
    }

    /** Stores an effect with its result, unless there is no room. */
    private boolean store(Effect effect) {
        ResultLog after = results.with(effect.result);
        Change change = effect.change;
        if (change == null) {
            return write(after, Map.of());
        }
        boolean stored = write(after, Map.of(SLOT + change.slot, change.content.encode()));
        if (stored) {
            reports.set(change.slot, change.content.report(change.slot));
        }
        return stored;
    }

    private boolean write(ResultLog log, Map<String, Bytes> others) {
        SortedMap<String, Bytes> values = new TreeMap<>(others);
        values.put(RESULTS, log.encode());
        try {
            flash.write(values);
        } catch (Flash.StorageFull e) {
            return false;
        }
        results = log;
        return true;
    }

    /** What a slot shall hold from now on. */
    private record Change(int slot, Slot content) {}

    /** What a command comes to: its result, and the change of a slot if there is one. */
    private record Effect(Result result, @Nullable Change change) {

        static Effect refused(Command command, Refusal refusal) {
            return new Effect(new Result.Refused(command.id(), refusal), null);
        }
    }
}
