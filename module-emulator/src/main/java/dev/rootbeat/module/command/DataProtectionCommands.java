package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.rot.DataProtection;
import dev.rootbeat.rot.crypto.KeyId.Use;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keys and encryption for the host, and the settings of the security services (AT reference, sections 2.1 to 2.3). PSK
 * and end-to-end encryption need a sealed module and no connection.
 */
public final class DataProtectionCommands {

    /** How much data one message carries: as much as one write to a socket (ours). */
    static final int MAX_DATA = 1024;

    /** How long the module waits for data after the prompt, as for a credential. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int LONG_PSK = 32;
    private static final String END_TO_END = "e2e_enc";
    private static final String IP_VERSION = "cfgipv4";
    private static final int IPV4 = 4;

    private final DataProtection protection;
    private final SecurityGate gate;
    private final Flash flash;

    /** Answers for a module with a Root of Trust; what is set is kept in its storage. */
    public DataProtectionCommands(DataProtection protection, SecurityGate gate, Flash flash) {
        this.protection = protection;
        this.gate = gate;
        this.flash = flash;
    }

    @AtCommand("+USECPSK=")
    Answer generatePsk(@OneOf({16, LONG_PSK}) int octets) {
        return gate.passSealed(() -> protection
                .preSharedKey(octets == LONG_PSK ? Use.PSK_32 : Use.PSK_16)
                .map(psk -> Answer.of("+USECPSK: \"" + psk.id() + "\",\"" + psk.key() + "\""))
                .orElseGet(() -> Answer.error(AtError.SEC_RESOURCE_NOT_AVAILABLE)));
    }

    @AtCommand("+USECE2EDATAENC=")
    Answer encrypt(@Range(from = 1, to = MAX_DATA) int octets) {
        return gate.passSealed(
                () -> new Answer.Prompt('>', octets, PATIENCE, AtError.SEC_TIMEOUT, data -> encrypt(Bytes.of(data))));
    }

    private Answer encrypt(Bytes data) {
        Use format = SecurityPreferences.read(flash).endToEndFormat() == 0 ? Use.END_TO_END_V1 : Use.END_TO_END_V2;
        return protection
                .protect(format, data)
                .map(message -> Answer.of("+USECE2EDATAENC: " + message.size() + ",\""
                        + new String(message.toArray(), StandardCharsets.ISO_8859_1) + "\""))
                .orElseGet(() -> Answer.error(AtError.SEC_RESOURCE_NOT_AVAILABLE));
    }

    /** An IPv4 address is all that an emulated module has, so that setting changes nothing. */
    @AtCommand("+USECOPCMD=")
    Answer operate(@Length(max = 16) String what, @Range(to = IPV4) @Nullable Integer value) {
        return gate.pass(() -> switch (what) {
            case END_TO_END -> value == null ? endToEndFormat() : endToEndFormat(value);
            case IP_VERSION -> value != null && value == IPV4 ? Answer.OK : Answer.error(AtError.INCORRECT_PARAMETERS);
            default -> Answer.error(AtError.INCORRECT_PARAMETERS);
        });
    }

    private Answer endToEndFormat() {
        return Answer.of("+USECOPCMD: \"" + END_TO_END + "\","
                + SecurityPreferences.read(flash).endToEndFormat());
    }

    private Answer endToEndFormat(int format) {
        return format > 1
                ? Answer.error(AtError.INCORRECT_PARAMETERS)
                : store(new SecurityPreferences(SecurityPreferences.read(flash).mode(), format));
    }

    @AtCommand("+USECMODE?")
    Answer mode() {
        return Answer.of("+USECMODE: " + SecurityPreferences.read(flash).mode());
    }

    /** Counts from the next power-on, for commands and heartbeats (ours). */
    @AtCommand("+USECMODE=")
    Answer mode(@OneOf({0, 1}) int mode) {
        return store(
                new SecurityPreferences(mode, SecurityPreferences.read(flash).endToEndFormat()));
    }

    /** The Root of Trust of an emulated module needs no firmware: checking finds that, and updating has nothing to do. */
    @AtCommand("+USECFW=")
    Answer firmware(@OneOf({0, 1}) int operation) {
        return gate.pass(() -> Answer.of("+USECFW: 0"));
    }

    private Answer store(SecurityPreferences preferences) {
        try {
            preferences.write(flash);
            return Answer.OK;
        } catch (Flash.StorageFull e) {
            return Answer.error(AtError.MEMORY_FULL);
        }
    }
}
