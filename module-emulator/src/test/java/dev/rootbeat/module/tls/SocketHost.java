package dev.rootbeat.module.tls;

import static org.awaitility.Awaitility.await;

import dev.rootbeat.module.at.AtSession;
import dev.rootbeat.module.at.CommandTable;
import dev.rootbeat.module.command.CredentialCommands;
import dev.rootbeat.module.command.FileCommands;
import dev.rootbeat.module.command.HttpCommands;
import dev.rootbeat.module.command.HttpProfileCommands;
import dev.rootbeat.module.command.MqttCommands;
import dev.rootbeat.module.command.MqttProfileCommands;
import dev.rootbeat.module.command.Settings;
import dev.rootbeat.module.command.SocketCommands;
import dev.rootbeat.module.command.SocketDataCommands;
import dev.rootbeat.module.command.TlsProfileCommands;
import dev.rootbeat.module.credential.CredentialLimits;
import dev.rootbeat.module.credential.CredentialStore;
import dev.rootbeat.module.file.FileStore;
import dev.rootbeat.module.http.HttpClient;
import dev.rootbeat.module.mqtt.MqttClient;
import dev.rootbeat.module.mqtt.MqttProfile;
import dev.rootbeat.module.network.Carrier;
import dev.rootbeat.module.network.Dialer;
import dev.rootbeat.module.network.Names;
import dev.rootbeat.module.network.NettySocketWorld;
import dev.rootbeat.module.network.Sockets;
import dev.rootbeat.module.network.Timers;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.Medium;
import dev.rootbeat.rot.flash.MemoryMedium;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A host of a module whose sockets are those of this machine. */
public final class SocketHost implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration OFTEN = Duration.ofMillis(5);

    /** A host does not send all at once. */
    private static final int PIECE = 4096;

    private static final String IMEI = "357862090326242";

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = (EventLoop) group.next();
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final StringBuilder heard = new StringBuilder();
    private final Sockets sockets;
    private final Dialer dialer;
    private final AtSession session;

    /** Plugs a host into a module that tells this time. */
    public SocketHost(RotSecrets rot, Instant now) {
        var flash = JournalFlash.mount(new MemoryMedium(Medium.BULK_BANK_SIZE));
        var credentials = new CredentialStore(flash, CredentialLimits.DEFAULT);
        var profiles = new TlsProfiles();
        var names = new Names(Map.of());
        var world = new NettySocketWorld(loop);
        var connector =
                new TlsConnector(world, profiles, credentials, rot, () -> now, new SecureRandom(), loop, blocking);
        var timers = new Timers(loop);
        var files = new FileStore(flash);
        var mqttProfile = new MqttProfile();
        sockets = new Sockets(world, connector, names, new Online(), timers, this::urcs);
        dialer = new Dialer(world, connector, names, new Online(), timers);
        var http = new HttpClient(dialer, timers, files, this::urcs);
        var mqtt = new MqttClient(dialer, timers, this::urcs);
        Map<Class<?>, Object> services = Stream.of(
                        new CredentialCommands(credentials, files),
                        new FileCommands(files),
                        new TlsProfileCommands(profiles),
                        new SocketCommands(sockets, names, this::urcs),
                        new SocketDataCommands(sockets, () -> false),
                        new MqttProfileCommands(mqttProfile, new Settings(flash, Map.of()), IMEI),
                        new MqttCommands(mqtt, mqttProfile, files, IMEI),
                        new HttpProfileCommands(http),
                        new HttpCommands(http, files))
                .collect(Collectors.toMap(Object::getClass, Function.identity()));
        session = new AtSession(
                CommandTable.of(services.keySet().toArray(Class<?>[]::new)),
                services,
                loop,
                octets -> said(new String(octets, StandardCharsets.ISO_8859_1)));
    }

    private synchronized void said(String text) {
        heard.append(text);
    }

    private synchronized String heard() {
        return heard.toString();
    }

    private synchronized void forget() {
        heard.setLength(0);
    }

    private void urcs(Function<AtSession, Optional<String>> line) {
        line.apply(session).ifPresent(session::urc);
    }

    /** A module that is always on the network. */
    private static final class Online implements Carrier {

        @Override
        public boolean isOnline() {
            return true;
        }

        @Override
        public void count(long sent, long received) {}
    }

    /** Sends a command and returns all that is said until its final result. */
    public String send(String line) {
        return input(line + "\r", SocketHost::isFinal);
    }

    /** Sends a command with its data behind the prompt. */
    public String send(String line, char prompt, String data) {
        input(line + "\r", said -> said.endsWith("\r\n" + prompt));
        return input(data, SocketHost::isFinal);
    }

    /** What comes unsolicited may be behind the final result already. */
    private static boolean isFinal(String said) {
        return said.contains("\r\nOK\r\n") || said.contains("\r\nERROR\r\n");
    }

    private String input(String text, Predicate<String> complete) {
        forget();
        for (int i = 0; i < text.length(); i += PIECE) {
            byte[] piece = text.substring(i, Math.min(i + PIECE, text.length())).getBytes(StandardCharsets.ISO_8859_1);
            loop.execute(() -> session.input(piece));
        }
        await(text).atMost(PATIENCE).pollInterval(OFTEN).until(() -> complete.test(heard()));
        return heard();
    }

    /** Waits until the module has said something since the last command, and returns all of that. */
    public String hear(String text) {
        await("the module says " + text).atMost(PATIENCE).pollInterval(OFTEN).until(() -> heard().contains(text));
        return heard();
    }

    /** The module's network is lost. */
    public void loseNetwork() {
        loop.execute(dialer::drop);
    }

    @Override
    public void close() {
        loop.submit(() -> {
                    sockets.close();
                    dialer.drop();
                })
                .awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        blocking.close();
    }
}
