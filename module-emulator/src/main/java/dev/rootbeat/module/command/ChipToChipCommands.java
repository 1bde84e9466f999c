package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.SecurityService;
import dev.rootbeat.module.secure.ChipToChip;
import dev.rootbeat.module.secure.Pairing;
import dev.rootbeat.module.secure.Pairing.Scheme;
import dev.rootbeat.module.secure.SecureLink;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chip-to-chip protection (AT reference, section 2.4). A module is paired once and for good. A pairing of V2 counts
 * when the host has confirmed it; until then, or until power-off, another one takes its place, as the answer with the
 * keys may have been lost. There is one session at a time (ours); it ends with the power or when its host is unplugged.
 */
public final class ChipToChipCommands {

    private static final String NAME = "module.c2c";
    private static final int DIGITS = 2 * Pairing.OCTETS;

    /** Initial vector, tag with a block of padding, and authentication code. */
    private static final int PROOF_DIGITS = 2 * 64;

    private static final Answer NO_DIGITS = Answer.error(AtError.INVALID_CHARACTERS);

    private final ChipToChip settings;
    private final SecurityGate gate;
    private final SecurityService agent;
    private final Flash flash;
    private final ScheduledExecutorService executor;
    private final RandomGenerator random;
    private @Nullable Offer offer;
    private @Nullable Open open;

    /** A pairing that the host has not confirmed yet, with the tag that it is to send back. */
    private record Offer(Pairing pairing, Bytes tag) {}

    /** The session that is open. */
    private record Open(AtSession session, SecureLink link) {}

    /**
     * Answers for a module with a Root of Trust.
     *
     * @param flash keeps the pairing
     * @param random draws keys and initial vectors
     */
    public ChipToChipCommands(
            ChipToChip settings,
            SecurityGate gate,
            SecurityService agent,
            Flash flash,
            ScheduledExecutorService executor,
            RandomGenerator random) {
        this.settings = settings;
        this.gate = gate;
        this.agent = agent;
        this.flash = flash;
        this.executor = executor;
        this.random = random;
    }

    /** Whether a host may read the provisioned credential. */
    public boolean mayReadCredential(AtSession session) {
        return !settings.guardsCredential() || pairing().isEmpty() || isOpenFor(session);
    }

    @AtCommand("+USECC2C=")
    Answer pair(@OneOf(0) int operation, @Length(min = DIGITS, max = DIGITS) String secret) {
        return gate.pass(() -> octets(secret).map(this::pair).orElse(NO_DIGITS));
    }

    private Answer pair(Bytes secret) {
        if (pairing().isPresent()) {
            return Answer.error(AtError.SEC_C2C_ALREADY_PAIRED);
        }
        if (agent.status().registered() && !settings.pairsAfterBootstrap()) {
            return Answer.error(AtError.SEC_NOT_AUTHORIZED);
        }
        Pairing drawn = Pairing.draw(settings.scheme(), secret, random);
        String keys = "+USECC2C: 0,0,\"" + drawn.key() + "\"";
        if (drawn.scheme() == Scheme.V1) {
            return store(drawn, keys);
        }
        offer = new Offer(drawn, Pairing.octets(random));
        return Answer.of(keys + ",\"" + drawn.macKey() + "\",\"" + offer.tag() + "\"");
    }

    @AtCommand("+USECC2C=")
    Answer confirm(
            @OneOf(4) int operation,
            @Length(min = DIGITS, max = DIGITS) String secret,
            @Length(min = PROOF_DIGITS, max = PROOF_DIGITS) String proof) {
        return gate.pass(() -> octets(secret)
                .flatMap(chosen -> octets(proof).map(sent -> confirm(chosen, sent)))
                .orElse(NO_DIGITS));
    }

    private Answer confirm(Bytes secret, Bytes proof) {
        if (pairing().isPresent()) {
            return Answer.error(AtError.SEC_C2C_ALREADY_PAIRED);
        }
        if (offer == null) {
            return Answer.error(AtError.SEC_C2C_NOT_PAIRED);
        }
        Optional<Bytes> tag = offer.pairing().open(proof.toArray()).map(Bytes::of);
        return offer.pairing().secret().equals(secret) && tag.equals(Optional.of(offer.tag()))
                ? store(offer.pairing())
                : Answer.error(AtError.SEC_DATA_INCONSISTENT);
    }

    @AtCommand("+USECC2C=")
    Answer open(AtSession session, @OneOf(1) int operation, @Length(min = DIGITS, max = DIGITS) String secret) {
        return gate.pass(() -> octets(secret)
                .map(chosen -> pairing()
                        .map(pairing -> open(session, pairing, chosen))
                        .orElseGet(() -> Answer.error(AtError.SEC_C2C_NOT_PAIRED)))
                .orElse(NO_DIGITS));
    }

    private Answer open(AtSession session, Pairing pairing, Bytes secret) {
        if ((open != null && !open.link().isClosed()) || !session.link().isPlain()) {
            return Answer.error(AtError.SEC_C2C_CHANNELS_CONSUMED);
        }
        if (!pairing.secret().equals(secret)) {
            return Answer.error(AtError.SEC_DATA_INCONSISTENT);
        }
        return new Answer.Done(
                List.of(),
                () -> session.link().interpose(host -> {
                    var link = new SecureLink(pairing, session, host, executor, random);
                    open = new Open(session, link);
                    return link;
                }));
    }

    @AtCommand("+USECC2C=")
    Answer close(AtSession session, @OneOf(2) int operation) {
        return gate.pass(() -> {
            if (open == null || !isOpenFor(session)) {
                return Answer.error(pairing().isEmpty() ? AtError.SEC_C2C_NOT_PAIRED : AtError.OPERATION_NOT_ALLOWED);
            }
            return new Answer.Done(List.of(), open.link()::end);
        });
    }

    private boolean isOpenFor(AtSession session) {
        return open != null && open.session().equals(session) && !open.link().isClosed();
    }

    private Optional<Pairing> pairing() {
        return Pairing.decode(flash.read(NAME));
    }

    private Answer store(Pairing pairing, String... lines) {
        try {
            flash.write(Map.of(NAME, pairing.encode()));
            offer = null;
            return Answer.of(lines);
        } catch (Flash.StorageFull e) {
            return Answer.error(AtError.MEMORY_FULL);
        }
    }

    private static Optional<Bytes> octets(String digits) {
        try {
            return Optional.of(Bytes.ofHex(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
