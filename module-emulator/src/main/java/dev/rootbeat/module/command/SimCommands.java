package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.network.SimCard;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The SIM card (AT reference, sections 3.3, 3.8 and 7.1). Of its files there is the list of forbidden networks. */
public final class SimCommands {

    private static final int READ_BINARY = 176;
    private static final int UPDATE_BINARY = 214;
    private static final int FORBIDDEN_NETWORKS = 0x6F7B;
    private static final int FORBIDDEN_NETWORKS_OCTETS = 12;
    private static final int MAX_APDU = 255;
    private static final int MAX_PIN = 8;
    private static final int QUERY = 2;
    private static final String GOOD = "144,0";
    private static final String WRONG_LENGTH = "103,0";
    private static final String NO_SUCH_FILE = "106,130";
    private static final Pattern HEX = Pattern.compile("([0-9A-Fa-f]{2})*");

    private final SimCard card;
    private final Settings settings;

    /** Answers for this card; what is written on it is kept among these settings. */
    public SimCommands(SimCard card, Settings settings) {
        this.card = card;
        this.settings = settings;
    }

    @AtCommand("+CIMI")
    Answer subscriber() {
        return Answer.of(card.imsi());
    }

    @AtCommand({"+CCID", "+CCID?"})
    Answer number() {
        return Answer.of("+CCID: " + card.iccid());
    }

    @AtCommand("+CPIN?")
    Answer pin() {
        return Answer.of("+CPIN: READY");
    }

    @AtCommand("+CPIN=")
    Answer pin(@Length(max = MAX_PIN) String pin, @Length(max = MAX_PIN) @Nullable String newPin) {
        return Answer.error(AtError.OPERATION_NOT_ALLOWED);
    }

    @AtCommand("+CLCK=")
    Answer lock(
            @Length(min = 2, max = 2) String facility,
            @OneOf(QUERY) int mode,
            @Length(max = MAX_PIN) @Nullable String password) {
        return Answer.of("+CLCK: 0");
    }

    @AtCommand("+CLCK=")
    Answer changeLock(
            @Length(min = 2, max = 2) String facility,
            @OneOf({0, 1}) int mode,
            @Length(max = MAX_PIN) @Nullable String password) {
        return Answer.error(AtError.OPERATION_NOT_ALLOWED);
    }

    @AtCommand("+CRSM=")
    Answer read(
            @OneOf(READ_BINARY) int command,
            @Range(to = 65535) int file,
            @Range(to = MAX_APDU) int high,
            @Range(to = MAX_APDU) int low,
            @Range(to = MAX_APDU) int length) {
        if (file != FORBIDDEN_NETWORKS) {
            return status(NO_SUCH_FILE);
        }
        return length > FORBIDDEN_NETWORKS_OCTETS || high != 0 || low != 0
                ? status(WRONG_LENGTH)
                : status(GOOD + ",\"" + settings.get(Setting.FPLMN).substring(0, 2 * length) + "\"");
    }

    @AtCommand("+CRSM=")
    Answer update(
            @OneOf(UPDATE_BINARY) int command,
            @Range(to = 65535) int file,
            @Range(to = MAX_APDU) int high,
            @Range(to = MAX_APDU) int low,
            @Range(to = MAX_APDU) int length,
            @Length(max = 2 * MAX_APDU) String data) {
        if (!HEX.matcher(data).matches()) {
            return Answer.error(AtError.INCORRECT_PARAMETERS);
        }
        if (file != FORBIDDEN_NETWORKS) {
            return status(NO_SUCH_FILE);
        }
        if (length != FORBIDDEN_NETWORKS_OCTETS || data.length() != 2 * length || high != 0 || low != 0) {
            return status(WRONG_LENGTH);
        }
        Answer stored = settings.store(Setting.FPLMN, data);
        return stored instanceof Answer.Failed ? stored : status(GOOD);
    }

    private static Answer status(String words) {
        return Answer.of("+CRSM: " + words);
    }
}
