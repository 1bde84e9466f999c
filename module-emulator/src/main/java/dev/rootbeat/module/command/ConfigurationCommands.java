package dev.rootbeat.module.command;

import dev.rootbeat.module.at.Answer;
import dev.rootbeat.module.at.AtCommand;
import dev.rootbeat.module.at.AtError;
import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.Length;
import dev.rootbeat.module.at.OneOf;
import dev.rootbeat.module.at.Range;
import dev.rootbeat.module.network.Radio;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a host configures for good (AT reference, sections 3.2, 3.7 and 3.8). Values are stored at once and read back at
 * once; those of the radio take effect with the next boot and cannot be changed while the module is registered.
 */
public final class ConfigurationCommands {

    private static final String FIRMWARE_UPDATE = "+UFOTASTAT";
    private static final int HEX_MODE = 1;
    private static final int CAT_M1 = 7;
    private static final int NB1 = 8;

    private final Settings settings;
    private final Radio radio;
    private final String serialInterface;

    /** Changes these settings, not those of the radio while it is registered. */
    public ConfigurationCommands(Settings settings, Radio radio) {
        this.settings = settings;
        this.radio = radio;
        this.serialInterface = settings.get(Setting.USIO);
    }

    @AtCommand("+UMNOPROF=")
    Answer operatorProfile(
            @Range(to = 999) int number, @OneOf({0, 1}) @Nullable Integer reset, @OneOf({0, 1}) @Nullable Integer urc) {
        return storeForRadio(Setting.UMNOPROF, String.valueOf(number));
    }

    @AtCommand("+UMNOPROF?")
    Answer operatorProfile() {
        return show("+UMNOPROF", Setting.UMNOPROF);
    }

    @AtCommand("+URAT=")
    Answer technologies(@OneOf({CAT_M1, NB1}) int first, @OneOf({CAT_M1, NB1}) @Nullable Integer second) {
        return storeForRadio(
                Setting.URAT,
                Stream.of(first, second == null ? first : second)
                        .distinct()
                        .map(String::valueOf)
                        .collect(Collectors.joining(",")));
    }

    @AtCommand("+URAT?")
    Answer technologies() {
        return show("+URAT", Setting.URAT);
    }

    @AtCommand("+UBANDMASK=")
    Answer bands(
            @OneOf({0, 1}) int technology,
            @Range(to = Long.MAX_VALUE) long first,
            @Range(to = Long.MAX_VALUE) @Nullable Long second) {
        String[] masks = settings.get(Setting.UBANDMASK).split(",", -1);
        int at = technology * 3;
        masks[at + 1] = String.valueOf(first);
        masks[at + 2] = String.valueOf(second == null ? 0 : second);
        return storeForRadio(Setting.UBANDMASK, String.join(",", masks));
    }

    @AtCommand("+UBANDMASK?")
    Answer bands() {
        return show("+UBANDMASK", Setting.UBANDMASK);
    }

    @AtCommand("+ULWM2M=")
    Answer deviceManagement(@OneOf({0, 1}) int off) {
        return settings.store(Setting.ULWM2M, String.valueOf(off));
    }

    @AtCommand("+ULWM2M?")
    Answer deviceManagement() {
        return show("+ULWM2M", Setting.ULWM2M);
    }

    @AtCommand("+USIO=")
    Answer serialInterface(@Range(to = 4) int variant) {
        return settings.store(Setting.USIO, String.valueOf(variant));
    }

    /** What is asked for, and with a star what the module has booted with. */
    @AtCommand("+USIO?")
    Answer serialInterface() {
        return Answer.of("+USIO: " + settings.get(Setting.USIO) + ",*" + serialInterface);
    }

    @AtCommand("+UGPRF=")
    Answer positionOutput(
            @Range(to = 255) int bitmap,
            @Range(to = 65535) @Nullable Integer port,
            @Length(max = 256) @Nullable String server) {
        return settings.store(
                Setting.UGPRF,
                bitmap + "," + (port == null ? 0 : port) + ",\"" + (server == null ? "" : server) + "\"");
    }

    @AtCommand("+UGPRF?")
    Answer positionOutput() {
        return show("+UGPRF", Setting.UGPRF);
    }

    @AtCommand("+UDCONF=")
    Answer hexMode(@OneOf(HEX_MODE) int operation, @OneOf({0, 1}) @Nullable Integer on) {
        return on == null
                ? Answer.of("+UDCONF: 1," + settings.get(Setting.HEX_MODE))
                : settings.store(Setting.HEX_MODE, String.valueOf(on));
    }

    /** Nothing is ever downloaded or installed here, so there is nothing to tell. */
    @AtCommand("+UFOTASTAT=")
    Answer firmwareUpdate(AtSession session, @OneOf({0, 1}) int mode) {
        session.mode(FIRMWARE_UPDATE, mode);
        return Answer.OK;
    }

    @AtCommand("+UFOTASTAT?")
    Answer firmwareUpdate(AtSession session) {
        return Answer.of(FIRMWARE_UPDATE + ": " + session.mode(FIRMWARE_UPDATE));
    }

    private Answer show(String command, Setting setting) {
        return Answer.of(command + ": " + settings.get(setting));
    }

    private Answer storeForRadio(Setting setting, String value) {
        return radio.isRegistered() ? Answer.error(AtError.OPERATION_NOT_ALLOWED) : settings.store(setting, value);
    }
}
