package dev.rootbeat.module;

import dev.rootbeat.module.at.Urcs;
import dev.rootbeat.module.command.HttpCommands;
import dev.rootbeat.module.command.HttpProfileCommands;
import dev.rootbeat.module.command.MqttCommands;
import dev.rootbeat.module.command.MqttProfileCommands;
import dev.rootbeat.module.command.SecurityPreferences;
import dev.rootbeat.module.command.Setting;
import dev.rootbeat.module.command.SocketCommands;
import dev.rootbeat.module.command.SocketDataCommands;
import dev.rootbeat.module.credential.CredentialStore;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.module.http.HttpClient;
import dev.rootbeat.module.mqtt.MqttClient;
import dev.rootbeat.module.mqtt.MqttProfile;
import dev.rootbeat.module.network.Carrier;
import dev.rootbeat.module.network.Dialer;
import dev.rootbeat.module.network.PacketData;
import dev.rootbeat.module.network.SocketAccess;
import dev.rootbeat.module.network.Sockets;
import dev.rootbeat.module.tls.RotSecrets;
import dev.rootbeat.module.tls.TlsConnector;
import dev.rootbeat.module.tls.TlsProfiles;
import dev.rootbeat.rot.DataProtection;
import dev.rootbeat.rot.crypto.KeyId;
import dev.rootbeat.rot.protocol.SlotReport;
import java.util.List;
import java.util.Optional;

/** What answers the commands of sockets, and of the clients that the module has itself, in one boot. */
final class SocketServices {

    private final Boot boot;
    private final SocketAccess access;
    private final Urcs urcs;

    /**
     * Serves the hosts of a boot.
     *
     * @param urcs where unsolicited lines go
     */
    SocketServices(Boot boot, SocketAccess access, Urcs urcs) {
        this.boot = boot;
        this.access = access;
        this.urcs = urcs;
    }

    /** Makes the objects; what they open ends with the network and with the boot. */
    List<Object> make(
            PacketData data,
            CredentialStore credentials,
            TlsProfiles profiles,
            FileStore files,
            DataProtection protection) {
        ModuleBuilder parts = boot.parts;
        var connector = new TlsConnector(
                access.world(),
                profiles,
                credentials,
                rotSecrets(protection),
                parts.clock,
                access.random(),
                parts.executor,
                access.blocking());
        var carrier = new FirstContext(data);
        var sockets = new Sockets(access.world(), connector, access.names(), carrier, boot.timers, urcs);
        var dialer = new Dialer(access.world(), connector, access.names(), carrier, boot.timers);
        data.observe(_ -> {
            if (!carrier.isOnline()) {
                sockets.drop();
                dialer.drop();
            }
        });
        boot.atPowerOff(sockets::close);
        boot.atPowerOff(dialer::drop);
        String imei = boot.nameplate.imei();
        var mqttProfile = new MqttProfile();
        var mqtt = new MqttClient(dialer, boot.timers, urcs);
        var http = new HttpClient(dialer, boot.timers, files, urcs);
        return List.of(
                new SocketCommands(sockets, access.names(), urcs),
                new SocketDataCommands(
                        sockets, () -> boot.settings.get(Setting.HEX_MODE).equals("1")),
                new MqttProfileCommands(mqttProfile, boot.settings, imei),
                new MqttCommands(mqtt, mqttProfile, files, imei),
                new HttpProfileCommands(http),
                new HttpCommands(http, files));
    }

    /** Pre-shared keys are for sealed modules, as for {@code AT+USECPSK}. */
    private RotSecrets rotSecrets(DataProtection protection) {
        Boot.Security security = boot.security;
        if (security == null || !SecurityPreferences.read(boot.flash).isOn()) {
            return RotSecrets.NONE;
        }
        return new RotSecrets(
                () -> security.rot().credential(SlotReport.MANAGED),
                () -> security.agent().status().claimed()
                        ? protection.preSharedKey(KeyId.Use.PSK_16)
                        : Optional.empty());
    }

    /** The data of sockets goes over the first context. */
    private record FirstContext(PacketData data) implements Carrier {

        @Override
        public boolean isOnline() {
            return data.isActive(PacketData.FIRST);
        }

        @Override
        public void count(long sent, long received) {
            data.count(PacketData.FIRST, sent, received);
        }
    }
}
