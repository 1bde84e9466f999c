package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.at.Urcs;
import dev.rootbeat.module.network.Bearer;
import dev.rootbeat.module.network.PacketData;
import dev.rootbeat.module.network.Radio;
import dev.rootbeat.module.network.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Packet switched data profiles, over which the module's own clients reach the network (AT reference, section 3.4): the
 * parameters that a SARA-R5 has, for each profile. A profile that is to be active becomes so as soon as the module is
 * registered, and tells it.
 */
public final class DataProfileCommands {

    private static final int MAX_PROFILE = 5;
    private static final int MAX_TEXT = 99;
    private static final int PROTOCOL = 0;
    private static final int ACCESS_POINT = 1;
    private static final int PRIMARY_DNS = 4;
    private static final int SECONDARY_DNS = 5;
    private static final int CONTEXT = 100;

    /** The parameters, and what a new profile has for each. */
    private static final List<Integer> PARAMETERS =
            List.of(PROTOCOL, ACCESS_POINT, PRIMARY_DNS, SECONDARY_DNS, CONTEXT);

    private static final List<String> FACTORY = List.of("0", "\"\"", "\"0.0.0.0\"", "\"0.0.0.0\"", "1");

    private static final int RESET = 0;
    private static final int STORE = 1;
    private static final int LOAD = 2;
    private static final int ACTIVATE = 3;
    private static final int DEACTIVATE = 4;
    private static final int ADDRESS = 0;
    private static final int PRIMARY_DNS_USED = 1;
    private static final int SECONDARY_DNS_USED = 2;
    private static final int STATE = 8;
    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9.:-]*");

    private final Settings settings;
    private final Radio radio;
    private final PacketData data;
    private final Urcs urcs;
    private final Timers timers;
    private final Map<Integer, List<String>> profiles = new HashMap<>();
    private final TreeSet<Integer> active = new TreeSet<>();

    /** Activates profiles over this radio; stored ones are among these settings. */
    public DataProfileCommands(Settings settings, Radio radio, PacketData data, Urcs urcs, Timers timers) {
        this.settings = settings;
        this.radio = radio;
        this.data = data;
        this.urcs = urcs;
        this.timers = timers;
        data.observe(_ -> lose());
    }

    @AtCommand("+UPSD=")
    Answer protocol(@Range(to = MAX_PROFILE) int profile, @OneOf(PROTOCOL) int parameter, @Range(to = 3) int value) {
        return set(profile, parameter, String.valueOf(value));
    }

    @AtCommand("+UPSD=")
    Answer context(
            @Range(to = MAX_PROFILE) int profile,
            @OneOf(CONTEXT) int parameter,
            @Range(to = ContextCommands.MAX_CONTEXT) int value) {
        return set(profile, parameter, String.valueOf(value));
    }

    @AtCommand("+UPSD=")
    Answer text(
            @Range(to = MAX_PROFILE) int profile,
            @OneOf({ACCESS_POINT, PRIMARY_DNS, SECONDARY_DNS}) int parameter,
            @Length(max = MAX_TEXT) String value) {
        return TEXT.matcher(value).matches()
                ? set(profile, parameter, "\"" + value + "\"")
                : Answer.error(AtError.INCORRECT_PARAMETERS);
    }

    @AtCommand("+UPSD=")
    Answer show(
            @Range(to = MAX_PROFILE) int profile,
            @OneOf({PROTOCOL, ACCESS_POINT, PRIMARY_DNS, SECONDARY_DNS, CONTEXT}) int parameter) {
        return Answer.of(line(profile, parameter));
    }

    @AtCommand("+UPSD=")
    Answer show(@Range(to = MAX_PROFILE) int profile) {
        return Answer.of(
                PARAMETERS.stream().map(parameter -> line(profile, parameter)).toArray(String[]::new));
    }

    @AtCommand("+UPSDA=")
    Answer reset(@Range(to = MAX_PROFILE) int profile, @OneOf(RESET) int action) {
        profiles.remove(profile);
        return Answer.OK;
    }

    @AtCommand("+UPSDA=")
    Answer store(@Range(to = MAX_PROFILE) int profile, @OneOf(STORE) int action) {
        SortedMap<Integer, List<String>> stored = settings.table(Setting.UPSD);
        stored.put(profile, values(profile));
        return settings.store(Setting.UPSD, stored);
    }

    @AtCommand("+UPSDA=")
    Answer load(@Range(to = MAX_PROFILE) int profile, @OneOf(LOAD) int action) {
        profiles.put(profile, settings.table(Setting.UPSD).getOrDefault(profile, FACTORY));
        return Answer.OK;
    }

    /** The address comes after the result, as a line of its own. */
    @AtCommand("+UPSDA=")
    Answer activate(@Range(to = MAX_PROFILE) int profile, @OneOf(ACTIVATE) int action) {
        Duration delay = radio.network().delays().activation();
        return radio.isOn()
                ? new Answer.Done(List.of(), () -> radio.await(_ -> timers.after(delay, () -> activated(profile))))
                : Answer.error(AtError.OPERATION_NOT_ALLOWED);
    }

    @AtCommand("+UPSDA=")
    Answer deactivate(@Range(to = MAX_PROFILE) int profile, @OneOf(DEACTIVATE) int action) {
        active.remove(profile);
        return Answer.OK;
    }

    @AtCommand("+UPSND=")
    Answer present(
            @Range(to = MAX_PROFILE) int profile,
            @OneOf({ADDRESS, PRIMARY_DNS_USED, SECONDARY_DNS_USED, STATE}) int what) {
        boolean isActive = active.contains(profile);
        Bearer bearer = radio.network().bearer();
        String value = switch (what) {
            case STATE -> isActive ? "1" : "0";
            case ADDRESS -> quoted(isActive, bearer.address());
            case PRIMARY_DNS_USED -> quoted(isActive, bearer.primaryDns());
            default -> quoted(isActive, bearer.secondaryDns());
        };
        return Answer.of("+UPSND: " + profile + "," + what + "," + value);
    }

    private static String quoted(boolean isActive, String address) {
        return "\"" + (isActive ? address : "") + "\"";
    }

    private void activated(int profile) {
        if (isConnected(profile)) {
            active.add(profile);
            urcs.show("+UUPSDA: 0,\"" + radio.network().bearer().address() + "\"");
        } else {
            urcs.show("+UUPSDA: 1");
        }
    }

    /** A profile whose context has ended is not active any more. */
    private void lose() {
        List<Integer> lost =
                active.stream().filter(profile -> !isConnected(profile)).toList();
        lost.forEach(profile -> {
            active.remove(profile);
            urcs.show("+UUPSDD: " + profile);
        });
    }

    private boolean isConnected(int profile) {
        return data.isActive(Integer.parseInt(value(profile, CONTEXT)));
    }

    private Answer set(int profile, int parameter, String value) {
        var values = new ArrayList<>(values(profile));
        values.set(PARAMETERS.indexOf(parameter), value);
        profiles.put(profile, List.copyOf(values));
        return Answer.OK;
    }

    private List<String> values(int profile) {
        return profiles.getOrDefault(profile, FACTORY);
    }

    private String value(int profile, int parameter) {
        return values(profile).get(PARAMETERS.indexOf(parameter));
    }

    private String line(int profile, int parameter) {
        return "+UPSD: " + profile + "," + parameter + "," + value(profile, parameter);
    }
}
