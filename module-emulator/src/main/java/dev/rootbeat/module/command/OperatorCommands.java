package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.network.Cell;
import dev.rootbeat.module.network.Radio;
import dev.rootbeat.module.network.Timers;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Choosing a network (AT reference, section 3.4; 3GPP TS 27.007, {@code +COPS}). */
public final class OperatorCommands {

    private static final String COPS = "+COPS";
    private static final int AUTOMATIC = 0;
    private static final int MANUAL = 1;
    private static final int NONE = 2;
    private static final int FORMAT_ONLY = 3;
    private static final int MANUAL_ELSE_AUTOMATIC = 4;
    private static final int CELLS = 5;
    private static final int LONG_NAME = 0;
    private static final int SHORT_NAME = 1;
    private static final int NUMBER = 2;
    private static final int MAX_NAME = 24;

    /** The lists of modes and formats, behind the networks of a search. */
    private static final String MODES_AND_FORMATS = ",,(0-6),(0-2)";

    /** Where the one cell sends, and how well it is heard: as a SARA-R5 on a desk. */
    private static final String FREQUENCIES = "DLF: 2525, ULF:20525, PCI:1, RSRP LEV:47, RSRQ LEV:20";

    private final Radio radio;
    private final Timers timers;
    private int mode = AUTOMATIC;

    /** Chooses a network for this radio. */
    public OperatorCommands(Radio radio, Timers timers) {
        this.radio = radio;
        this.timers = timers;
    }

    @AtCommand("+COPS=")
    Answer automatic(AtSession session, @OneOf(AUTOMATIC) int choice, @Range(to = NUMBER) @Nullable Integer format) {
        return choose(session, AUTOMATIC, format);
    }

    @AtCommand("+COPS=")
    Answer manual(
            AtSession session,
            @OneOf({MANUAL, MANUAL_ELSE_AUTOMATIC}) int choice,
            @Range(to = NUMBER) int format,
            @Length(min = 1, max = MAX_NAME) String operator,
            @Range(to = 9) @Nullable Integer technology) {
        return choice == MANUAL_ELSE_AUTOMATIC || operator.equals(name(format))
                ? choose(session, choice, format)
                : search(() -> Answer.error(AtError.NO_NETWORK_SERVICE));
    }

    @AtCommand("+COPS=")
    Answer leave(@OneOf(NONE) int choice) {
        mode = NONE;
        radio.use(false);
        return Answer.OK;
    }

    @AtCommand("+COPS=")
    Answer format(AtSession session, @OneOf(FORMAT_ONLY) int choice, @Range(to = NUMBER) int format) {
        session.mode(COPS, format);
        return Answer.OK;
    }

    /** A search that tells of every cell; only u-blox modules have it. */
    @AtCommand("+COPS=")
    Answer cells(@OneOf(CELLS) int choice) {
        Cell cell = radio.network().cell();
        return search(() -> Answer.of("MCC:" + cell.country() + ", MNC:" + cell.network() + ", TAC:"
                + cell.trackingArea() + ", CI:" + cell.identity() + ", " + FREQUENCIES));
    }

    @AtCommand("+COPS?")
    Answer chosen(AtSession session) {
        int format = session.mode(COPS);
        return Answer.of(COPS + ": " + mode
                + (radio.isRegistered()
                        ? "," + format + ",\"" + name(format) + "\","
                                + radio.technology().act()
                        : ""));
    }

    @AtCommand("+COPS=?")
    Answer networks() {
        Cell cell = radio.network().cell();
        return search(() -> Answer.of(COPS + ": (" + (radio.isRegistered() ? 2 : 1) + ",\""
                + cell.longName() + "\",\"" + cell.shortName() + "\",\"" + cell.plmn() + "\","
                + radio.technology().act() + ")" + MODES_AND_FORMATS));
    }

    /** Why the last attempt failed; the one cell here refuses nobody. */
    @AtCommand("+CEER")
    Answer cause() {
        return Answer.of("+CEER: \"No report available\"");
    }

    private Answer choose(AtSession session, int choice, @Nullable Integer format) {
        if (format != null) {
            session.mode(COPS, format);
        }
        mode = choice;
        radio.use(true);
        return radio.isOn() ? RegistrationWait.answer(radio) : Answer.OK;
    }

    private String name(int format) {
        Cell cell = radio.network().cell();
        return switch (format) {
            case LONG_NAME -> cell.longName();
            case SHORT_NAME -> cell.shortName();
            default -> cell.plmn();
        };
    }

    private Answer search(Supplier<Answer> found) {
        if (!radio.isOn()) {
            return Answer.error(AtError.OPERATION_NOT_ALLOWED);
        }
        var search = new Search(found);
        return new Answer.Later(search::begin, search::end);
    }

    /** A search that is on its way; a host may abort it. */
    private final class Search {

        private final Supplier<Answer> found;
        private Timers.@Nullable Timer timer;

        Search(Supplier<Answer> found) {
            this.found = found;
        }

        void begin(Consumer<Answer> answer) {
            timer = timers.after(radio.network().delays().scan(), () -> answer.accept(found.get()));
        }

        void end() {
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
