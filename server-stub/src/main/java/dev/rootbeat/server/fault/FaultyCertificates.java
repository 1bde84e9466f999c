package dev.rootbeat.server.fault;

import dev.rootbeat.rot.crypto.P256;
import dev.rootbeat.rot.protocol.Behaviour;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Command;
import dev.rootbeat.rot.protocol.Heartbeat;
import dev.rootbeat.rot.protocol.Reply;
import dev.rootbeat.rot.protocol.Results;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.server.ca.CertificateAuthority;
import dev.rootbeat.server.fault.Harm.Flaw;
import dev.rootbeat.server.model.RootCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * Lets faults happen to certificates on their way to devices. What the server has signed and recorded stays as it is; a
 * foreign Root CA, known to nobody, signs what the device gets instead.
 */
public final class FaultyCertificates implements Behaviour {

    private static final Duration AGE = Duration.ofDays(3_650);
    private static final Duration VALIDITY = AGE.multipliedBy(2);
    private static final Duration DEVICE_VALIDITY = Duration.ofDays(90);

    private final Behaviour next;
    private final Faults faults;
    private final CertificateAuthority authority;
    private final P256 p256;
    private final InstantSource clock;

    /** Puts faults behind what else changes the server's behaviour. */
    public FaultyCertificates(
            Behaviour next, Faults faults, CertificateAuthority authority, P256 p256, InstantSource clock) {
        this.next = next;
        this.faults = faults;
        this.authority = authority;
        this.p256 = p256;
        this.clock = clock;
    }

    @Override
    public Heartbeat heartbeat(RotPublicUid device, Heartbeat heartbeat) {
        return next.heartbeat(device, heartbeat);
    }

    @Override
    public Results results(RotPublicUid device, Results results) {
        return next.results(device, results);
    }

    @Override
    public Reply reply(RotPublicUid device, Reply reply) {
        Reply changed = next.reply(device, reply);
        List<Command> commands = changed.commands().stream()
                .map(command -> command instanceof Command.SetCertificate ordered ? ordered(device, ordered) : command)
                .toList();
        return new Reply(
                changed.serverTime(), changed.nextHeartbeat(), changed.status(), changed.acknowledged(), commands);
    }

    private Command ordered(RotPublicUid device, Command.SetCertificate ordered) {
        return faults.strike(Harm.BadCertificate.OCCASION, device).orElse(null)
                        instanceof Harm.BadCertificate(Flaw flaw)
                ? spoilt(device, ordered, flaw)
                : ordered;
    }

    private Command spoilt(RotPublicUid device, Command.SetCertificate ordered, Flaw flaw) {
        Instant now = clock.instant();
        RootCa foreign = authority.create("foreign", "", "Foreign", VALIDITY, DEVICE_VALIDITY, null, now.minus(AGE));
        Bytes key = publicKey(ordered.chain().getFirst());
        return switch (flaw) {
            case WRONG_ISSUER -> carrying(ordered, signed(foreign, device, key, now), ordered.trustAnchors());
            case WRONG_KEY -> {
                Bytes another = Bytes.of(p256.generateKeyPair().getPublic().getEncoded());
                yield carrying(ordered, signed(foreign, device, another, now), List.of(foreign.certificate()));
            }
            case EXPIRED -> {
                Instant past = now.minus(DEVICE_VALIDITY.multipliedBy(2));
                yield carrying(ordered, signed(foreign, device, key, past), List.of(foreign.certificate()));
            }
        };
    }

    private static Command carrying(Command.SetCertificate ordered, Bytes certificate, List<Bytes> trustAnchors) {
        return new Command.SetCertificate(ordered.id(), ordered.slot(), List.of(certificate), trustAnchors);
    }

    private Bytes signed(RootCa foreign, RotPublicUid device, Bytes key, Instant at) {
        return authority.issue(foreign, device, key, at, List.of(), null).certificate();
    }

    private static Bytes publicKey(Bytes certificate) {
        try {
            return Bytes.of(Certificate.getInstance(certificate.toArray())
                    .getSubjectPublicKeyInfo()
                    .getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new UncheckedIOException("our own certificate", e);
        }
    }
}
