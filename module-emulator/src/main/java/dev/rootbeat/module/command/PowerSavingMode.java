package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.network.Radio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Power saving mode (AT reference, sections 3.2 and 3.8; 3GPP TS 27.007, {@code +CPSMS}). The network grants what is
 * asked for; the module never falls asleep, because a host talks to it.
 */
public final class PowerSavingMode {

    private static final Pattern TIMER = Pattern.compile("[01]{8}");
    private static final int TIMER_DIGITS = 8;
    private static final int RESET = 2;
    private static final int TAU = 3;
    private static final int ACTIVE = 4;

    private final Settings settings;
    private final Radio radio;
    private final List<Runnable> observers = new ArrayList<>();

    /** Keeps what is asked for among these settings. */
    public PowerSavingMode(Settings settings, Radio radio) {
        this.settings = settings;
        this.radio = radio;
    }

    /** Calls the observer when the network has granted other timers. */
    void observe(Runnable observer) {
        observers.add(observer);
    }

    /** The timers that the network grants a module that is registered: active time and periodic update, quoted. */
    Optional<String> granted() {
        String[] asked = settings.get(Setting.CPSMS).split(",", -1);
        return radio.isRegistered() && asked[0].equals("1")
                ? Optional.of(asked[ACTIVE] + "," + asked[TAU])
                : Optional.empty();
    }

    @AtCommand("+CPSMS=")
    Answer ask(
            @OneOf({0, 1}) int mode,
            @Length(max = TIMER_DIGITS) @Nullable String routingAreaUpdate,
            @Length(max = TIMER_DIGITS) @Nullable String ready,
            @Length(max = TIMER_DIGITS) @Nullable String trackingAreaUpdate,
            @Length(max = TIMER_DIGITS) @Nullable String active) {
        if (!isTimer(trackingAreaUpdate) || !isTimer(active)) {
            return Answer.error(AtError.INCORRECT_PARAMETERS);
        }
        String[] before = settings.get(Setting.CPSMS).split(",", -1);
        String tau = trackingAreaUpdate == null ? before[TAU] : "\"" + trackingAreaUpdate + "\"";
        String activeTime = active == null ? before[ACTIVE] : "\"" + active + "\"";
        return store(mode + ",,," + tau + "," + activeTime);
    }

    @AtCommand("+CPSMS=")
    Answer reset(@OneOf(RESET) int mode) {
        return store("");
    }

    @AtCommand("+CPSMS?")
    Answer asked() {
        return Answer.of("+CPSMS: " + settings.get(Setting.CPSMS));
    }

    @AtCommand("+UCPSMS?")
    Answer assigned() {
        String[] asked = settings.get(Setting.CPSMS).split(",", -1);
        return Answer.of("+UCPSMS: " + (granted().isPresent() ? "1,,," + asked[TAU] + "," + asked[ACTIVE] : "0"));
    }

    @AtCommand("+UPSMR=")
    Answer report(AtSession session, @OneOf({0, 1}) int mode, @Range(to = 65535) @Nullable Integer period) {
        session.mode("+UPSMR", mode);
        return Answer.OK;
    }

    @AtCommand("+UPSMR?")
    Answer report(AtSession session) {
        return Answer.of("+UPSMR: " + session.mode("+UPSMR"));
    }

    private Answer store(String value) {
        Optional<String> before = granted();
        Answer answer = settings.store(Setting.CPSMS, value);
        if (!granted().equals(before)) {
            observers.forEach(Runnable::run);
        }
        return answer;
    }

    private static boolean isTimer(@Nullable String bits) {
        return bits == null || TIMER.matcher(bits).matches();
    }
}
