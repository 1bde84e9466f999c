package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Urcs;
import dev.rootbeat.module.network.Radio;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final String ENTRY = "\n";
    private static final String FIELD = ",";

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

        static final Asked NOTHING = new Asked(false, NO_VALUE, "");
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
        SortedMap<Integer, Asked> all = all();
        Asked before = all.getOrDefault(which, Asked.NOTHING);
        all.put(
                which,
                new Asked(mode != OFF, cycle == null ? before.cycle : cycle, window == null ? before.window : window));
        session.mode(CHANGES, mode == ON_AND_TELL ? 1 : 0);
        return store(all);
    }

    @AtCommand("+CEDRXS=")
    Answer reset(@OneOf(RESET) int mode) {
        return store(new TreeMap<>());
    }

    @AtCommand("+CEDRXS?")
    Answer asked() {
        SortedMap<Integer, Asked> all = all();
        return Answer.of(line(CAT_M1, all), line(NB1, all));
    }

    @AtCommand("+CEDRXRDP")
    Answer granted() {
        return Answer.of("+CEDRXRDP: " + present());
    }

    private String present() {
        int technology = radio.technology().edrx();
        Asked asked = all().getOrDefault(technology, Asked.NOTHING);
        if (!asked.on) {
            return "0";
        }
        String cycle = technology + ",\"" + asked.cycle + "\"";
        String window = asked.window.isEmpty() ? NO_VALUE : asked.window;
        return radio.isRegistered() ? cycle + ",\"" + asked.cycle + "\",\"" + window + "\"" : cycle;
    }

    private Answer store(SortedMap<Integer, Asked> all) {
        String before = present();
        Answer answer = settings.store(
                Setting.CEDRXS,
                all.entrySet().stream()
                        .map(entry -> String.join(
                                FIELD,
                                entry.getKey().toString(),
                                entry.getValue().on ? "1" : "0",
                                entry.getValue().cycle,
                                entry.getValue().window))
                        .collect(Collectors.joining(ENTRY)));
        if (radio.isRegistered()
                && !present().equals(before)
                && all().containsKey(radio.technology().edrx())) {
            urcs.showIf(CHANGES, "+CEDRXP: " + present());
        }
        return answer;
    }

    private SortedMap<Integer, Asked> all() {
        return settings.get(Setting.CEDRXS)
                .lines()
                .map(line -> line.split(FIELD, -1))
                .collect(Collectors.toMap(
                        fields -> Integer.valueOf(fields[0]),
                        fields -> new Asked(fields[1].equals("1"), fields[2], fields[3]),
                        (_, later) -> later,
                        TreeMap::new));
    }

    private static String line(int technology, Map<Integer, Asked> all) {
        Asked asked = all.getOrDefault(technology, Asked.NOTHING);
        return "+CEDRXS: " + technology + ",\"" + asked.cycle + "\""
                + (asked.window.isEmpty() ? "" : ",\"" + asked.window + "\"");
    }

    private static boolean isValue(@Nullable String bits) {
        return bits == null || VALUE.matcher(bits).matches();
    }
}
