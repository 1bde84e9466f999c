package dev.rootbeat.module;

import dev.rootbeat.module.at.CommandTable;
import dev.rootbeat.module.at.Urcs;
import dev.rootbeat.module.command.ChipToChipCommands;
import dev.rootbeat.module.command.ClockCommands;
import dev.rootbeat.module.command.ConfigurationCommands;
import dev.rootbeat.module.command.ContextCommands;
import dev.rootbeat.module.command.Contexts;
import dev.rootbeat.module.command.CredentialCommands;
import dev.rootbeat.module.command.DataProfileCommands;
import dev.rootbeat.module.command.DataProtectionCommands;
import dev.rootbeat.module.command.DiscontinuousReception;
import dev.rootbeat.module.command.FileCommands;
import dev.rootbeat.module.command.Greeting;
import dev.rootbeat.module.command.HttpCommands;
import dev.rootbeat.module.command.HttpProfileCommands;
import dev.rootbeat.module.command.IdentityCommands;
import dev.rootbeat.module.command.MqttCommands;
import dev.rootbeat.module.command.MqttProfileCommands;
import dev.rootbeat.module.command.MultiplexerCommands;
import dev.rootbeat.module.command.OperatorCommands;
import dev.rootbeat.module.command.PacketCommands;
import dev.rootbeat.module.command.PinCommands;
import dev.rootbeat.module.command.Power;
import dev.rootbeat.module.command.PowerCommands;
import dev.rootbeat.module.command.PowerSavingMode;
import dev.rootbeat.module.command.ProfileCommands;
import dev.rootbeat.module.command.RegistrationCommands;
import dev.rootbeat.module.command.SecurityCommands;
import dev.rootbeat.module.command.SecurityGate;
import dev.rootbeat.module.command.SecurityPreferences;
import dev.rootbeat.module.command.SerialCommands;
import dev.rootbeat.module.command.SessionCommands;
import dev.rootbeat.module.command.Settings;
import dev.rootbeat.module.command.SignalCommands;
import dev.rootbeat.module.command.SimCommands;
import dev.rootbeat.module.command.SocketCommands;
import dev.rootbeat.module.command.SocketDataCommands;
import dev.rootbeat.module.command.TlsProfileCommands;
import dev.rootbeat.module.credential.CredentialStore;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.module.network.PacketData;
import dev.rootbeat.module.network.Radio;
import dev.rootbeat.module.network.SimCard;
import dev.rootbeat.module.tls.TlsProfiles;
import dev.rootbeat.rot.DataProtection;
import dev.rootbeat.rot.flash.Flash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What answers AT commands in one boot, the same for all hosts. */
final class CommandServices {

    /** Positioning, cellular time, firmware updates by cable, MQTT-SN, FTP and ping are not emulated. */
    private static final String[] NOT_EMULATED = {
        "+UGPS",
        "+UGIND",
        "+UGRMC",
        "+UGUBX",
        "+UGSRV",
        "+UGAOS",
        "+ULOC",
        "+ULOCGNSS",
        "+ULOCCELL",
        "+UTIME",
        "+UTIMEIND",
        "+UTIMECFG",
        "+UFWINSTALL",
        "+UMQTTSN",
        "+UMQTTSNC",
        "+UMQTTSNNV",
        "+UMQTTSNER",
        "+UFTP",
        "+UFTPC",
        "+UFTPER",
        "+UPING"
    };

    private static final CommandTable COMMANDS = CommandTable.of(
                    SessionCommands.class,
                    SerialCommands.class,
                    MultiplexerCommands.class,
                    ProfileCommands.class,
                    Greeting.class,
                    IdentityCommands.class,
                    SimCommands.class,
                    ClockCommands.class,
                    PinCommands.class,
                    ConfigurationCommands.class,
                    PowerCommands.class,
                    PowerSavingMode.class,
                    DiscontinuousReception.class,
                    RegistrationCommands.class,
                    OperatorCommands.class,
                    SignalCommands.class,
                    ContextCommands.class,
                    PacketCommands.class,
                    DataProfileCommands.class,
                    SecurityCommands.class,
                    DataProtectionCommands.class,
                    ChipToChipCommands.class,
                    CredentialCommands.class,
                    TlsProfileCommands.class,
                    FileCommands.class,
                    SocketCommands.class,
                    SocketDataCommands.class,
                    MqttProfileCommands.class,
                    MqttCommands.class,
                    HttpProfileCommands.class,
                    HttpCommands.class)
            .without(NOT_EMULATED);

    private static final List<String> NAMES = COMMANDS.names();

    private final Boot boot;
    private final ModuleBuilder parts;
    private final Settings settings;
    private final Radio radio;
    private final DataProtection protection;
    private final Urcs urcs;
    private final Power power;

    /**
     * Serves the hosts of a boot.
     *
     * @param urcs where unsolicited lines go
     * @param power what ends the boot
     */
    CommandServices(Boot boot, Urcs urcs, Power power) {
        this.boot = boot;
        this.parts = boot.parts;
        this.settings = boot.settings;
        this.radio = boot.radio;
        this.protection = new DataProtection(boot.identity, boot.flash);
        this.urcs = urcs;
        this.power = power;
    }

    /** The commands that any module knows. */
    static CommandTable table() {
        return COMMANDS;
    }

    /** Makes the objects that this module answers them with. */
    Map<Class<?>, Object> make() {
        List<Object> all = new ArrayList<>(ownServices());
        var contexts = new Contexts(settings);
        var data = new PacketData(radio, contexts::accessPoint);
        all.addAll(networkServices(contexts, data));
        Flash large = boot.mount(parts.bulk);
        var credentials = new CredentialStore(large, parts.credentialLimits);
        var files = new FileStore(large);
        var profiles = new TlsProfiles();
        all.add(new FileCommands(files));
        all.add(new CredentialCommands(credentials, files));
        all.add(new TlsProfileCommands(profiles));
        if (parts.sockets != null) {
            all.addAll(
                    new SocketServices(boot, parts.sockets, urcs).make(data, credentials, profiles, files, protection));
        }
        if (boot.security != null) {
            all.addAll(securityServices(boot.security));
        }
        return all.stream().collect(Collectors.toMap(Object::getClass, Function.identity()));
    }

    private List<Object> ownServices() {
        String imei = boot.nameplate.imei();
        return List.of(
                new SessionCommands(),
                new SerialCommands(),
                new MultiplexerCommands(boot.nameplate.product().satellites(), parts.executor, boot::converseOnChannel),
                new ProfileCommands(settings),
                new Greeting(settings),
                new IdentityCommands(boot.nameplate.product().identity(imei), NAMES),
                new SimCommands(parts.sim == null ? SimCard.of(imei) : parts.sim, settings),
                new ClockCommands(parts.clock),
                new PinCommands(settings),
                new ConfigurationCommands(settings, radio),
                new PowerCommands(radio, power));
    }

    private List<Object> securityServices(Boot.Security security) {
        boolean on = SecurityPreferences.read(boot.flash).isOn();
        var gate = new SecurityGate(on, security.agent(), parts.clock, boot.ready.plus(parts.busyAfterBoot));
        var chipToChip = new ChipToChipCommands(
                parts.chipToChip, gate, security.agent(), boot.flash, parts.executor, parts.random);
        return List.of(
                chipToChip,
                new SecurityCommands(
                        security.rot(), security.agent(), gate, chipToChip::mayReadCredential, parts.tooEarly),
                new DataProtectionCommands(protection, gate, boot.flash));
    }

    private List<Object> networkServices(Contexts contexts, PacketData data) {
        var powerSaving = new PowerSavingMode(settings, radio);
        return List.of(
                powerSaving,
                new DiscontinuousReception(settings, radio, urcs),
                new RegistrationCommands(radio, powerSaving, urcs),
                new OperatorCommands(radio, boot.timers),
                new SignalCommands(radio),
                new ContextCommands(contexts, radio, data),
                new PacketCommands(radio, data, urcs),
                new DataProfileCommands(settings, radio, data, urcs, boot.timers));
    }
}
