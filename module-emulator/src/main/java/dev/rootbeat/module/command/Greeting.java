package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text with which a module tells its host that it has booted (AT reference, section 3.6). */
public final class Greeting {

    /** The longest text; the real limit is not public. */
    private static final int MAX_TEXT = 49;

    private static final String SHOWN = "1";

    private final Settings settings;

    /** Keeps the text among these settings. */
    public Greeting(Settings settings) {
        this.settings = settings;
    }

    /** The text, if it is to be shown. */
    public Optional<String> text() {
        return mode().equals(SHOWN) ? Optional.of(quoted().substring(1, quoted().length() - 1)) : Optional.empty();
    }

    @AtCommand("+CSGT=")
    Answer set(@OneOf({0, 1}) int mode, @Length(max = MAX_TEXT) @Nullable String text) {
        return settings.store(Setting.CSGT, (text == null ? quoted() : "\"" + text + "\"") + "," + mode);
    }

    @AtCommand("+CSGT?")
    Answer show() {
        return Answer.of("+CSGT: " + settings.get(Setting.CSGT));
    }

    private String quoted() {
        return settings.get(Setting.CSGT).substring(0, comma());
    }

    private String mode() {
        return settings.get(Setting.CSGT).substring(comma() + 1);
    }

    private int comma() {
        return settings.get(Setting.CSGT).lastIndexOf(',');
    }
}
