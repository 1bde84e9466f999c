package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Urcs;
import dev.rootbeat.module.network.Radio;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Extended discontinuous reception (AT reference, section 3.8; 3GPP TS 27.007, {@code +CEDRXS}). The network grants what
 * is asked for.
 */
public final class DiscontinuousReception {

    private static final String CHANGES = "+CEDRXS";
    private static final int OFF = 0;
    private static final int ON = 1;
    private static final int ON_AND_TELL = 2;
    private static final int RESET = 3;
    private static final int CAT_M1 = 4;
    private static final int NB1 = 5;
    private static final int BITS = 4;
    private static final Pattern VALUE = Pattern.compile("[01]{4}");
    private static final String NO_VALUE = "0000";

    private final Settings settings;
    private final Radio radio;
    private final Urcs urcs;

    /**
     * What is asked for with one technology.
     *
     * @param on whether it is
     * @param cycle four bits
     * @param window four bits, empty if the host leaves it to the network
     */
    private record Asked(boolean on, String cycle, String window) {

        static Asked of(@Nullable List<String> fields) {
            return fields == null
                    ? new Asked(false, NO_VALUE, "")
                    : new Asked(fields.get(0).equals("1"), fields.get(1), fields.get(2));
        }

        List<String> fields() {
            return List.of(on ? "1" : "0", cycle, window);
        }
    }

    /** Keeps what is asked for among these settings. */
    public DiscontinuousReception(Settings settings, Radio radio, Urcs urcs) {
        this.settings = settings;
        this.radio = radio;
        this.urcs = urcs;
    }

    @AtCommand("+CEDRXS=")
    Answer ask(
            AtSession session,
            @OneOf({OFF, ON, ON_AND_TELL}) int mode,
            @OneOf({CAT_M1, NB1}) @Nullable Integer technology,
            @Length(max = BITS) @Nullable String cycle,
            @Length(max = BITS) @Nullable String window) {
        if (!isValue(cycle) || !isValue(window)) {
            return Answer.error(AtError.INCORRECT_PARAMETERS);
        }
        int which = technology == null ? radio.technology().edrx() : technology;
        SortedMap<Integer, List<String>> all = settings.table(Setting.CEDRXS);
        Asked before = Asked.of(all.get(which));
        var asked =
                new Asked(mode != OFF, cycle == null ? before.cycle : cycle, window == null ? before.window : window);
        all.put(which, asked.fields());
        session.mode(CHANGES, mode == ON_AND_TELL ? 1 : 0);
        return store(all);
    }

    @AtCommand("+CEDRXS=")
    Answer reset(@OneOf(RESET) int mode) {
        return store(new TreeMap<>());
    }

    @AtCommand("+CEDRXS?")
    Answer asked() {
        return Answer.of(line(CAT_M1), line(NB1));
    }

    @AtCommand("+CEDRXRDP")
    Answer granted() {
        return Answer.of("+CEDRXRDP: " + present());
    }

    private String present() {
        int technology = radio.technology().edrx();
        Asked asked = asked(technology);
        if (!asked.on) {
            return "0";
        }
        String cycle = technology + ",\"" + asked.cycle + "\"";
        String window = asked.window.isEmpty() ? NO_VALUE : asked.window;
        return radio.isRegistered() ? cycle + ",\"" + asked.cycle + "\",\"" + window + "\"" : cycle;
    }

    private Answer store(SortedMap<Integer, List<String>> all) {
        String before = present();
        Answer answer = settings.store(Setting.CEDRXS, all);
        if (radio.isRegistered()
                && asked(radio.technology().edrx()).on
                && !present().equals(before)) {
            urcs.showIf(CHANGES, "+CEDRXP: " + present());
        }
        return answer;
    }

    private Asked asked(int technology) {
        return Asked.of(settings.table(Setting.CEDRXS).get(technology));
    }

    private String line(int technology) {
        Asked asked = asked(technology);
        return "+CEDRXS: " + technology + ",\"" + asked.cycle + "\""
                + (asked.window.isEmpty() ? "" : ",\"" + asked.window + "\"");
    }

    private static boolean isValue(@Nullable String bits) {
        return bits == null || VALUE.matcher(bits).matches();
    }
}
