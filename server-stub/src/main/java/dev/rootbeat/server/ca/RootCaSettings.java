package dev.rootbeat.server.ca;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operator may ask of a Root CA (requirements, sections 5 and 6). An answer names the setting and the reason. */
public final class RootCaSettings {

    /** Characters of a name: ub-common-name (RFC 5280, appendix A.1). */
    public static final int MAX_NAME = 64;

    /** Certificates count in seconds (RFC 5280, section 4.1.2.5). */
    public static final Duration MIN_VALIDITY = Duration.ofSeconds(1);

    /** More than any device lives, and far from the year 9999 in which certificates' time ends. */
    public static final Duration MAX_VALIDITY = Duration.ofDays(36_525);

    private RootCaSettings() {}

    /** What can be set. */
    public enum Setting {
        /** Its name. */
        NAME,
        /** How long it lives. */
        VALIDITY,
        /** How long its device certificates live. */
        DEVICE_VALIDITY,
        /** The life left below which the server renews. */
        RENEWAL_WINDOW
    }

    /**
     * What is wrong with a setting.
     *
     * @param reason the rest of a sentence that begins with the setting
     */
    public record Problem(Setting setting, String reason) {}

    /**
     * Checks what a new Root CA is asked to be.
     *
     * @param name its Common Name
     * @param validity how long it lives
     * @param deviceValidity how long its device certificates live
     * @param renewalWindow the life left below which the server renews by itself; null for never
     * @return what is wrong; empty if nothing is
     */
    public static Optional<Problem> problem(
            String name, Duration validity, Duration deviceValidity, @Nullable Duration renewalWindow) {
        return nameProblem(name)
                .or(() -> validityProblem(Setting.VALIDITY, validity))
                .or(() -> problem(deviceValidity, renewalWindow));
    }

    /** Checks the settings that may change later; see {@link #problem(String, Duration, Duration, Duration)}. */
    public static Optional<Problem> problem(Duration deviceValidity, @Nullable Duration renewalWindow) {
        return validityProblem(Setting.DEVICE_VALIDITY, deviceValidity)
                .or(() -> windowProblem(deviceValidity, renewalWindow));
    }

    private static Optional<Problem> nameProblem(String name) {
        if (name.isBlank()) {
            return problem(Setting.NAME, "must not be blank");
        }
        if (name.codePointCount(0, name.length()) > MAX_NAME) {
            return problem(Setting.NAME, "must have at most " + MAX_NAME + " characters");
        }
        if (name.codePoints().anyMatch(RootCaSettings::isUnprintable)) {
            return problem(Setting.NAME, "must not have control characters, line separators or lone surrogates");
        }
        return Optional.empty();
    }

    private static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
        };
    }

    private static Optional<Problem> validityProblem(Setting setting, Duration validity) {
        return validity.compareTo(MIN_VALIDITY) < 0 || validity.compareTo(MAX_VALIDITY) > 0
                ? problem(setting, "must be from " + MIN_VALIDITY + " to " + MAX_VALIDITY + ", is " + validity)
                : Optional.empty();
    }

    private static Optional<Problem> windowProblem(Duration deviceValidity, @Nullable Duration window) {
        if (window == null) {
            return Optional.empty();
        }
        if (!window.isPositive()) {
            return problem(Setting.RENEWAL_WINDOW, "must be longer than nothing, is " + window);
        }
        return window.compareTo(deviceValidity) >= 0
                ? problem(
                        Setting.RENEWAL_WINDOW,
                        "must be shorter than the device validity " + deviceValidity + ", is " + window)
                : Optional.empty();
    }

    private static Optional<Problem> problem(Setting setting, String reason) {
        return Optional.of(new Problem(setting, reason));
    }
}
