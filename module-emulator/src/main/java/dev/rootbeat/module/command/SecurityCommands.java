package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.SecurityService;
import dev.rootbeat.module.at.SecurityService.ForcedOutcome;
import dev.rootbeat.rot.Credential;
import dev.rootbeat.rot.RootOfTrust;
import dev.rootbeat.rot.crypto.Pem;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.DeviceStatus;
import dev.rootbeat.rot.protocol.Seal;
import dev.rootbeat.rot.protocol.SlotReport;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Root of Trust, bootstrap, seal, heartbeat and the provisioned credential (AT reference, section 2.2). */
public final class SecurityCommands {

    private static final int PRIVATE_KEY = 0;
    private static final int DEVICE_CERTIFICATE = 1;
    private static final int AUTHORITIES = 2;

    private final RootOfTrust rot;
    private final SecurityService agent;
    private final SecurityGate gate;
    private final Predicate<AtSession> readers;
    private final AtError tooEarly;

    /**
     * Answers for a module with a Root of Trust.
     *
     * @param readers which hosts may read the credential
     * @param tooEarly what {@code AT+USECCONN} answers within the guard interval; the real module's is not public
     */
    public SecurityCommands(
            RootOfTrust rot, SecurityService agent, SecurityGate gate, Predicate<AtSession> readers, AtError tooEarly) {
        this.rot = rot;
        this.agent = agent;
        this.gate = gate;
        this.readers = readers;
        this.tooEarly = tooEarly;
    }

    /** The identity is there at once after a boot: a host decides by it whether there is a Root of Trust. */
    @AtCommand("+USECROTUID")
    Answer rotPublicUid() {
        return Answer.of("+USECROTUID: \"" + rot.uid() + "\"");
    }

    @AtCommand("+USECDEVINFO?")
    Answer status() {
        return gate.pass(() -> {
            DeviceStatus status = agent.status();
            return Answer.of("+USECDEVINFO: " + digit(status.registered()) + "," + digit(status.claimed()) + ","
                    + digit(status.activated()));
        });
    }

    @AtCommand("+USECDEVINFO=")
    Answer seal(
            @Length(min = 1, max = Seal.MAX_PROFILE_UID) String profileUid,
            @Length(min = 1, max = Seal.MAX_SERIAL) String serial) {
        if (!isPrintable(profileUid) || !isPrintable(serial)) {
            return Answer.error(AtError.INVALID_CHARACTERS);
        }
        return gate.pass(() -> switch (agent.seal(new Seal(profileUid, serial))) {
            case ACCEPTED -> Answer.OK;
            case ALREADY_SEALED -> Answer.error(AtError.SEC_WRONG_STATE);
            case NOT_BOOTSTRAPPED -> Answer.error(AtError.SEC_NOT_PERSONALIZED);
            case NO_CONNECTION -> Answer.error(AtError.SEC_LOSS_OF_CONNECTIVITY);
            case STORAGE_FULL -> Answer.error(AtError.MEMORY_FULL);
        });
    }

    /** A heartbeat that is on its way cannot be called back; an abort only means that nobody waits for it. */
    @AtCommand("+USECCONN")
    Answer forceHeartbeat() {
        return gate.pass(() ->
                new Answer.Later(answer -> agent.force(outcome -> answer.accept(outcome(outcome))), () -> {}));
    }

    private Answer outcome(ForcedOutcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> Answer.OK;
            case TOO_EARLY -> Answer.error(tooEarly);
            case NO_CONNECTION -> Answer.error(AtError.SEC_LOSS_OF_CONNECTIVITY);
            case REFUSED -> Answer.error(AtError.SEC_NOT_AUTHORIZED);
        };
    }

    @AtCommand("+USECDEVCERT=")
    Answer credential(AtSession session, @OneOf({PRIVATE_KEY, DEVICE_CERTIFICATE, AUTHORITIES}) int part) {
        return gate.pass(() -> readers.test(session) ? credential(part) : Answer.error(AtError.SEC_NOT_AUTHORIZED));
    }

    private Answer credential(int part) {
        return rot.credential(SlotReport.MANAGED)
                .map(credential -> Answer.of("+USECDEVCERT: " + part + ",\"" + pem(credential, part) + "\""))
                .orElseGet(gate::nothingYet);
    }

    private static String pem(Credential credential, int part) {
        String text = switch (part) {
            case PRIVATE_KEY -> Pem.privateKey(Bytes.of(credential.privateKey().getEncoded()));
            case DEVICE_CERTIFICATE -> Pem.certificate(credential.chain().getFirst());
            default -> authorities(credential).stream().map(Pem::certificate).collect(Collectors.joining());
        };
        return text.replace("\n", "\r\n");
    }

    private static List<Bytes> authorities(Credential credential) {
        return Stream.concat(credential.chain().stream().skip(1), credential.trustAnchors().stream())
                .toList();
    }

    private static int digit(boolean flag) {
        return flag ? 1 : 0;
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
