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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Packet switched data profiles, over which the module's own clients reach the network (AT reference, section 3.4): the
 * values that a SARA-R5 has, for each profile. A profile that is to be active becomes so as soon as the module is
 * registered, and tells it.
 */
public final class DataProfileCommands {

    private static final int MAX_PROFILE = 5;
    private static final int PROTOCOL = 0;
    private static final int ACCESS_POINT = 1;
    private static final int PRIMARY_DNS = 4;
    private static final int SECONDARY_DNS = 5;
    private static final int CONTEXT = 100;
    private static final Map<Integer, String> FACTORY = Map.of(
            PROTOCOL,
            "0",
            ACCESS_POINT,
            "\"\"",
            PRIMARY_DNS,
            "\"0.0.0.0\"",
            SECONDARY_DNS,
            "\"0.0.0.0\"",
            CONTEXT,
            "1");
    private static final int RESET = 0;
    private static final int STORE = 1;
    private static final int LOAD = 2;
    private static final int ACTIVATE = 3;
    private static final int DEACTIVATE = 4;
    private static final int ADDRESS = 0;
    private static final int PRIMARY_DNS_USED = 1;
    private static final int SECONDARY_DNS_USED = 2;
    private static final int STATE = 8;
    private static final String NO_TEXT = "\"\"";
    private static final String ENTRY = "\n";
    private static final String FIELD = ",";

    private final Settings settings;
    private final Radio radio;
    private final PacketData data;
    private final Urcs urcs;
    private final ScheduledExecutorService executor;
    private final Map<Integer, Map<Integer, String>> profiles = new TreeMap<>();
    private final TreeSet<Integer> active = new TreeSet<>();

    /** Activates profiles over this radio; stored ones are among these settings. */
    public DataProfileCommands(
            Settings settings, Radio radio, PacketData data, Urcs urcs, ScheduledExecutorService executor) {
        this.settings = settings;
        this.radio = radio;
        this.data = data;
        this.urcs = urcs;
        this.executor = executor;
        data.observe(_ -> lose());
    }

    @AtCommand("+UPSD=")
    Answer number(@Range(to = MAX_PROFILE) int profile, @OneOf(PROTOCOL) int parameter, @Range(to = 3) int value) {
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
            @Length(max = 99) String value) {
        return set(profile, parameter, "\"" + value + "\"");
    }

    @AtCommand("+UPSD=")
    Answer show(
            @Range(to = MAX_PROFILE) int profile,
            @OneOf({PROTOCOL, ACCESS_POINT, PRIMARY_DNS, SECONDARY_DNS, CONTEXT}) int parameter) {
        return Answer.of(line(profile, parameter));
    }

    @AtCommand("+UPSD=")
    Answer show(@Range(to = MAX_PROFILE) int profile) {
        return Answer.of(FACTORY.keySet().stream()
                .sorted()
                .map(parameter -> line(profile, parameter))
                .toArray(String[]::new));
    }

    @AtCommand("+UPSDA=")
    Answer reset(@Range(to = MAX_PROFILE) int profile, @OneOf(RESET) int action) {
        profiles.remove(profile);
        return Answer.OK;
    }

    @AtCommand("+UPSDA=")
    Answer store(@Range(to = MAX_PROFILE) int profile, @OneOf(STORE) int action) {
        Map<Integer, Map<Integer, String>> all = stored();
        all.put(profile, values(profile));
        return settings.store(
                Setting.UPSD,
                all.entrySet().stream()
                        .flatMap(one -> one.getValue().entrySet().stream()
                                .map(value -> one.getKey() + FIELD + value.getKey() + FIELD + value.getValue()))
                        .collect(Collectors.joining(ENTRY)));
    }

    @AtCommand("+UPSDA=")
    Answer load(@Range(to = MAX_PROFILE) int profile, @OneOf(LOAD) int action) {
        profiles.put(profile, stored().getOrDefault(profile, Map.of()));
        return Answer.OK;
    }

    /** The address comes after the result, as a line of its own. */
    @AtCommand("+UPSDA=")
    Answer activate(@Range(to = MAX_PROFILE) int profile, @OneOf(ACTIVATE) int action) {
        return radio.isOn()
                ? new Answer.Done(List.of(), () -> radio.await(registered -> activateSoon(profile, registered)))
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
            case ADDRESS -> isActive ? "\"" + bearer.address() + "\"" : NO_TEXT;
            case PRIMARY_DNS_USED -> isActive ? "\"" + bearer.primaryDns() + "\"" : NO_TEXT;
            default -> isActive ? "\"" + bearer.secondaryDns() + "\"" : NO_TEXT;
        };
        return Answer.of("+UPSND: " + profile + FIELD + what + FIELD + value);
    }

    private void activateSoon(int profile, boolean registered) {
        var _ = executor.schedule(
                () -> activated(profile, registered && data.isActive(Integer.parseInt(value(profile, CONTEXT)))),
                radio.network().delays().activation().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void activated(int profile, boolean connected) {
        if (connected) {
            active.add(profile);
            urcs.show("+UUPSDA: 0,\"" + radio.network().bearer().address() + "\"");
        } else {
            urcs.show("+UUPSDA: 1");
        }
    }

    /** A profile whose context has ended is not active any more. */
    private void lose() {
        List<Integer> lost = active.stream()
                .filter(profile -> !data.isActive(Integer.parseInt(value(profile, CONTEXT))))
                .toList();
        lost.forEach(profile -> {
            active.remove(profile);
            urcs.show("+UUPSDD: " + profile);
        });
    }

    private Answer set(int profile, int parameter, String value) {
        Map<Integer, String> values = new TreeMap<>(values(profile));
        values.put(parameter, value);
        profiles.put(profile, values);
        return Answer.OK;
    }

    private Map<Integer, String> values(int profile) {
        return profiles.getOrDefault(profile, Map.of());
    }

    private String value(int profile, int parameter) {
        String factory = FACTORY.getOrDefault(parameter, "");
        return values(profile).getOrDefault(parameter, factory);
    }

    private String line(int profile, int parameter) {
        return "+UPSD: " + profile + FIELD + parameter + FIELD + value(profile, parameter);
    }

    private Map<Integer, Map<Integer, String>> stored() {
        var all = new TreeMap<Integer, Map<Integer, String>>();
        settings.get(Setting.UPSD)
                .lines()
                .map(line -> line.split(FIELD, 3))
                .forEach(fields -> all.computeIfAbsent(Integer.valueOf(fields[0]), _ -> new TreeMap<>())
                        .put(Integer.valueOf(fields[1]), fields[2]));
        return all;
    }
}
