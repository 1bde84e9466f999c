package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.credential.CredentialLimits;
import dev.rootbeat.module.tls.Suites;
import dev.rootbeat.module.tls.TlsProfile;
import dev.rootbeat.module.tls.TlsProfile.Choice;
import dev.rootbeat.module.tls.TlsProfile.Text;
import dev.rootbeat.module.tls.TlsProfiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * TLS profiles (AT reference, section 2.6) but for the resumption of sessions. The limits of texts are those of related modules. A password and a
 * pre-shared key cannot be read back (ours).
 */
public final class TlsProfileCommands {

    private static final int LAST = TlsProfiles.LAST;
    private static final int VALIDATION = 0;
    private static final int VERSION = 1;
    private static final int SUITES = 2;
    private static final int ROOT_CA = 3;
    private static final int HOST = 4;
    private static final int CLIENT_CERTIFICATE = 5;
    private static final int CLIENT_KEY = 6;
    private static final int KEY_PASSWORD = 7;
    private static final int PSK = 8;
    private static final int PSK_ID = 9;
    private static final int SNI = 10;
    private static final int ROT_PSK = 11;
    private static final int PINNING = 12;
    private static final int PROVISIONED = 14;

    private static final int LAST_NUMBERED_SUITE = 33;
    private static final int SINGLE_SUITE = 99;
    private static final int LISTED_SUITES = 100;
    private static final int ADD = 0;
    private static final int REMOVE = 1;

    private static final int MAX_NAME = CredentialLimits.LONGEST_NAME;
    private static final int MAX_HOST = 256;
    private static final int MAX_SNI = 128;
    private static final int MAX_PASSWORD = CredentialLimits.LONGEST_PASSWORD;
    private static final int MAX_PSK = 64;
    private static final int MAX_PSK_ID = 128;

    private final TlsProfiles profiles;

    /** Answers for a module with these profiles. */
    public TlsProfileCommands(TlsProfiles profiles) {
        this.profiles = profiles;
    }

    @AtCommand("+USECPRF=")
    Answer reset(@Range(to = LAST) int profile) {
        profiles.get(profile).reset();
        return Answer.OK;
    }

    @AtCommand("+USECPRF=")
    Answer read(
            @Range(to = LAST) int number,
            @OneOf({
                        VALIDATION,
                        VERSION,
                        SUITES,
                        ROOT_CA,
                        HOST,
                        CLIENT_CERTIFICATE,
                        CLIENT_KEY,
                        KEY_PASSWORD,
                        PSK,
                        PSK_ID,
                        SNI,
                        ROT_PSK,
                        PINNING,
                        PROVISIONED
                    })
                    int operation) {
        TlsProfile profile = profiles.get(number);
        return value(profile, operation)
                .map(value -> Answer.of("+USECPRF: " + number + "," + operation + "," + value))
                .orElseGet(() -> Answer.error(AtError.OPERATION_NOT_ALLOWED));
    }

    private static Optional<String> value(TlsProfile profile, int operation) {
        return switch (operation) {
            case VALIDATION -> Optional.of(Integer.toString(profile.get(Choice.VALIDATION)));
            case VERSION -> Optional.of(Integer.toString(profile.get(Choice.VERSION)));
            case SUITES -> Optional.of(shown(profile.suites()));
            case ROT_PSK -> Optional.of(Integer.toString(profile.get(Choice.ROT_PSK)));
            case PINNING -> Optional.of(quoted(profile.get(Text.PINNED)) + "," + profile.get(Choice.PINNING));
            case PROVISIONED -> Optional.of(Integer.toString(profile.get(Choice.PROVISIONED)));
            case KEY_PASSWORD, PSK, PSK_ID -> Optional.empty();
            default -> Optional.of(quoted(profile.get(text(operation))));
        };
    }

    private static String shown(Suites suites) {
        return switch (suites) {
            case Suites.Numbered(int number) -> Integer.toString(number);
            case Suites.Single(int suite) -> {
                String digits = hex(suite);
                yield SINGLE_SUITE + "," + quoted(digits.substring(0, 2)) + "," + quoted(digits.substring(2));
            }
            case Suites.Listed(List<Integer> listed) ->
                LISTED_SUITES + ","
                        + quoted(listed.stream().map(TlsProfileCommands::hex).collect(Collectors.joining(";")));
        };
    }

    private static String hex(int suite) {
        return HexFormat.of().withUpperCase().toHexDigits((short) suite);
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    @AtCommand("+USECPRF=")
    Answer number(
            @Range(to = LAST) int profile, @OneOf({VALIDATION, VERSION}) int operation, @Range(to = 3) int value) {
        return set(profile, operation == VALIDATION ? Choice.VALIDATION : Choice.VERSION, value);
    }

    @AtCommand("+USECPRF=")
    Answer rotPsk(@Range(to = LAST) int profile, @OneOf(ROT_PSK) int operation, @OneOf({0, 1}) int on) {
        return set(profile, Choice.ROT_PSK, on);
    }

    @AtCommand("+USECPRF=")
    Answer provisioned(@Range(to = LAST) int profile, @OneOf(PROVISIONED) int operation, @Range(to = 2) int value) {
        return set(profile, Choice.PROVISIONED, value);
    }

    private Answer set(int profile, Choice what, int value) {
        profiles.get(profile).set(what, value);
        return Answer.OK;
    }

    @AtCommand("+USECPRF=")
    Answer numberedSuite(
            @Range(to = LAST) int profile, @OneOf(SUITES) int operation, @Range(to = LAST_NUMBERED_SUITE) int number) {
        return set(profile, number == 0 ? Suites.any() : new Suites.Numbered(number));
    }

    @AtCommand("+USECPRF=")
    Answer singleSuite(
            @Range(to = LAST) int profile,
            @OneOf(SUITES) int operation,
            @OneOf(SINGLE_SUITE) int form,
            @Length(min = 2, max = 2) String high,
            @Length(min = 2, max = 2) String low) {
        return octets(high + low)
                .map(suite -> set(profile, new Suites.Single(suite(suite))))
                .orElseGet(() -> Answer.error(AtError.INCORRECT_PARAMETERS));
    }

    @AtCommand("+USECPRF=")
    Answer listedSuite(
            @Range(to = LAST) int profile,
            @OneOf(SUITES) int operation,
            @OneOf(LISTED_SUITES) int form,
            @Length(min = 2, max = 2) String high,
            @Length(min = 2, max = 2) String low,
            @OneOf({ADD, REMOVE}) int change) {
        return octets(high + low)
                .map(suite -> change(profile, suite(suite), change))
                .orElseGet(() -> Answer.error(AtError.INCORRECT_PARAMETERS));
    }

    private Answer change(int profile, int suite, int change) {
        var suites = new ArrayList<Integer>();
        if (profiles.get(profile).suites() instanceof Suites.Listed(List<Integer> before)) {
            suites.addAll(before);
        }
        suites.removeIf(one -> one == suite);
        if (change == ADD) {
            suites.add(suite);
        }
        return suites.size() > Suites.MOST
                ? Answer.error(AtError.MEMORY_FULL)
                : set(profile, new Suites.Listed(List.copyOf(suites)));
    }

    private Answer set(int profile, Suites suites) {
        profiles.get(profile).set(suites);
        return Answer.OK;
    }

    private static int suite(byte[] octets) {
        return Byte.toUnsignedInt(octets[0]) << Byte.SIZE | Byte.toUnsignedInt(octets[1]);
    }

    @AtCommand("+USECPRF=")
    Answer name(
            @Range(to = LAST) int profile,
            @OneOf({ROOT_CA, CLIENT_CERTIFICATE, CLIENT_KEY}) int operation,
            @Length(max = MAX_NAME) String name) {
        return set(profile, text(operation), name);
    }

    @AtCommand("+USECPRF=")
    Answer host(@Range(to = LAST) int profile, @OneOf(HOST) int operation, @Length(max = MAX_HOST) String host) {
        return set(profile, Text.HOST, host);
    }

    @AtCommand("+USECPRF=")
    Answer sni(@Range(to = LAST) int profile, @OneOf(SNI) int operation, @Length(max = MAX_SNI) String host) {
        return set(profile, Text.SNI, host);
    }

    @AtCommand("+USECPRF=")
    Answer password(
            @Range(to = LAST) int profile,
            @OneOf(KEY_PASSWORD) int operation,
            @Length(max = MAX_PASSWORD) String password) {
        return set(profile, Text.KEY_PASSWORD, password);
    }

    @AtCommand("+USECPRF=")
    Answer psk(
            @Range(to = LAST) int profile,
            @OneOf({PSK, PSK_ID}) int operation,
            @Length(max = 2 * MAX_PSK_ID) String value,
            @OneOf({0, 1}) @Nullable Integer hex) {
        Optional<String> octets = hex != null && hex == 1
                ? octets(value).map(decoded -> new String(decoded, StandardCharsets.ISO_8859_1))
                : Optional.of(value);
        if (octets.isEmpty()) {
            return Answer.error(AtError.INCORRECT_PARAMETERS);
        }
        return octets.get().length() > (operation == PSK ? MAX_PSK : MAX_PSK_ID)
                ? Answer.error(AtError.TEXT_TOO_LONG)
                : set(profile, text(operation), octets.get());
    }

    @AtCommand("+USECPRF=")
    Answer pin(
            @Range(to = LAST) int profile,
            @OneOf(PINNING) int operation,
            @Length(max = MAX_NAME) String certificate,
            @Range(to = 2) @Nullable Integer level) {
        set(profile, Choice.PINNING, level == null ? 0 : level);
        return set(profile, Text.PINNED, certificate);
    }

    private Answer set(int profile, Text what, String value) {
        profiles.get(profile).set(what, value);
        return Answer.OK;
    }

    private static Optional<byte[]> octets(String hex) {
        try {
            return Optional.of(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Text text(int operation) {
        for (Text text : Text.values()) {
            if (text.operation() == operation) {
                return text;
            }
        }
        throw new IllegalArgumentException("no text is set by operation " + operation);
    }
}
