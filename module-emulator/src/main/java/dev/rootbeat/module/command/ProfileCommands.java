package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Profile;
import dev.rootbeat.module.at.Profile.Parameter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The profile that a host can store, and go back to (AT reference, section 3.8). There is one. */
public final class ProfileCommands {

    private final Settings settings;

    /** Stores the profile among these settings. */
    public ProfileCommands(Settings settings) {
        this.settings = settings;
    }

    @AtCommand("&W")
    Answer store(AtSession session, @OneOf(0) @Nullable Integer number) {
        return settings.store(Setting.PROFILE, session.profile().text());
    }

    @AtCommand("Z")
    Answer load(AtSession session, @OneOf(0) @Nullable Integer number) {
        session.profile().load(settings.get(Setting.PROFILE));
        return Answer.OK;
    }

    @AtCommand("&F")
    Answer factory(AtSession session, @OneOf(0) @Nullable Integer number) {
        session.profile().reset();
        return Answer.OK;
    }

    @AtCommand("&V")
    Answer show(AtSession session, @OneOf(0) @Nullable Integer number) {
        var stored = new Profile();
        stored.load(settings.get(Setting.PROFILE));
        return Answer.of(Stream.concat(
                        lines("ACTIVE PROFILE:", session.profile()).stream(),
                        lines("STORED PROFILE 0:", stored).stream())
                .toArray(String[]::new));
    }

    /** A host looks for the bit rate in the third line, and expects the registers before it. */
    private static List<String> lines(String title, Profile profile) {
        String basic = Stream.of(Parameter.values())
                .filter(parameter -> parameter.compareTo(Parameter.FRAMING) < 0)
                .map(parameter -> basic(parameter, profile.get(parameter)))
                .collect(Collectors.joining(" "));
        String extended = "+ICF:" + SerialCommands.framing(profile)
                + ", +IFC:" + SerialCommands.flowControl(profile)
                + ", +IPR:" + profile.get(Parameter.BIT_RATE)
                + ", +UPSV:" + SerialCommands.powerSaving(profile) + ",";
        return List.of(title, basic, extended);
    }

    private static String basic(Parameter parameter, int value) {
        String name = parameter.spelling();
        return name.startsWith("S") ? name + ":" + SessionCommands.threeDigits(value) + "," : name + value + ",";
    }
}
