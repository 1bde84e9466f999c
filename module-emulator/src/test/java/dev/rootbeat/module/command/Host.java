package dev.rootbeat.module.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootbeat.module.AtPort;
import dev.rootbeat.module.Module;
import dev.rootbeat.module.ModuleBuilder;
import dev.rootbeat.module.PowerSettings;
import dev.rootbeat.module.network.CellularNetwork;
import dev.rootbeat.module.network.Names;
import dev.rootbeat.module.network.SocketAccess;
import dev.rootbeat.module.network.TestWorld;
import dev.rootbeat.rot.crypto.DeterministicP256;
import dev.rootbeat.rot.flash.Flash;
import dev.rootbeat.rot.flash.JournalFlash;
import dev.rootbeat.rot.flash.MemoryMedium;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.sim.SimNetwork;
import dev.rootbeat.sim.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A host that talks to a module in virtual time, and plays transcripts: {@code > } sends a line, {@code < } is a line
 * that the module says, in order and without any other, {@code *} standing for any text in it; {@code (wait 3s)} lets time
 * pass, and {@code (power off)} and {@code (power on)} work its switch. What is behind three spaces is a remark.
 */
final class Host {

    static final String IMEI = "357862090326242";

    private static final String START = "2026-11-24T12:00:00Z";
    private static final Pattern SECONDS = Pattern.compile("\\(wait (\\d+)s\\)");

    final VirtualTime time = new VirtualTime(Instant.parse(START));
    final MemoryMedium medium = new MemoryMedium(16 * 1024);
    final TestWorld world = new TestWorld(time.executor("world"));
    private final SimNetwork network = new SimNetwork(time.executor("network"), new SplittableRandom(1));
    private final UnaryOperator<ModuleBuilder> options;
    private final StringBuilder heard = new StringBuilder();
    Module module;
    private AtPort port;

    Host() {
        this(builder -> builder);
    }

    /** A host of a module that takes the usual times. */
    Host(UnaryOperator<ModuleBuilder> options) {
        this.options = options;
        this.module = build();
        this.port = plug();
        module.powerOn();
        time.runFor(Duration.ofSeconds(5));
    }

    private Host(Host first) {
        this.options = first.options;
        this.module = first.module;
        this.port = plug();
    }

    /** A host that has switched echo off and wants to read errors. */
    static Host quiet() {
        var host = new Host();
        host.play("""
                > ATE0
                < ATE0
                < OK
                > AT+CMEE=2
                < OK
                """);
        return host;
    }

    /** The same when the module is registered. */
    static Host registered() {
        var host = quiet();
        host.time.runFor(Duration.ofSeconds(10));
        return host;
    }

    /** Takes the module away, and another one with its storage in. */
    void replace() {
        module.close();
        module = build();
        port = plug();
        module.powerOn();
        time.runFor(Duration.ofSeconds(5));
    }

    /** Another host that is plugged into the same module. */
    Host second() {
        return new Host(this);
    }

    /** Plays a transcript. */
    void play(String transcript) {
        var expected = new ArrayList<String>();
        for (String line : transcript.lines().toList()) {
            String text = line.replaceFirst("   .*", "").strip();
            if (text.startsWith("< ")) {
                expected.add(text.substring(2));
            } else if (!text.isEmpty()) {
                check(expected, text);
                act(text);
            }
        }
        check(expected, "the end");
    }

    /** Sends a line and returns what the module says at once, its lines joined by blanks. */
    String send(String line) {
        said();
        input(line + "\r");
        return String.join(" ", said());
    }

    void input(String octets) {
        port.input(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The octets that the module has said since the last look, as they are. */
    String raw() {
        String octets = heard.toString();
        heard.setLength(0);
        return octets;
    }

    /** The lines that the module has said since the last look. */
    List<String> said() {
        return raw().lines()
                .flatMap(line -> Pattern.compile("\r").splitAsStream(line))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Leaves no room for anything that is larger than what it replaces. */
    void fillStorage() {
        module.close();
        Flash flash = JournalFlash.mount(medium);
        for (int size = medium.bankSize(); size > 0; size /= 2) {
            fill(flash, size);
        }
        module.powerOn();
        time.runFor(Duration.ofSeconds(10));
        send("ATE0");
        send("AT+CMEE=2");
    }

    private static void fill(Flash flash, int size) {
        try {
            flash.write(Map.of("test.fill" + size, Bytes.of(new byte[size])));
        } catch (Flash.StorageFull e) {
            // then it is less
        }
    }

    private void act(String text) {
        var seconds = SECONDS.matcher(text);
        if (text.startsWith(">")) {
            input(text.substring(text.length() > 1 ? 2 : 1) + "\r");
        } else if (seconds.matches()) {
            time.runFor(Duration.ofSeconds(Long.parseLong(seconds.group(1))));
        } else if (text.equals("(abort)")) {
            input(" \r");
        } else if (text.equals("(power off)")) {
            module.powerOff();
        } else if (text.equals("(power on)")) {
            module.powerOn();
        } else {
            throw new IllegalArgumentException("no transcript: " + text);
        }
    }

    private void check(List<String> expected, String before) {
        List<String> actual = said();
        boolean same = actual.size() == expected.size();
        for (int i = 0; same && i < actual.size(); i++) {
            String pattern = Pattern.compile("*", Pattern.LITERAL)
                    .splitAsStream(expected.get(i) + " ")
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*"));
            same = (actual.get(i) + " ").matches(pattern);
        }
        assertThat(same)
                .as("before %s%nexpected: %s%nsaid:     %s", before, expected, actual)
                .isTrue();
        expected.clear();
    }

    private Module build() {
        return options.apply(Module.builder(
                                time.executor("module"),
                                time,
                                new SplittableRandom(2),
                                (uid, key, on) -> network.channel(uid, on))
                        .imei(IMEI)
                        .medium(medium)
                        .p256(new DeterministicP256(new SplittableRandom(3)))
                        .network(CellularNetwork.USUAL)
                        .sockets(new SocketAccess(world, new Names(Map.of()), new SecureRandom(), Runnable::run))
                        .power(PowerSettings.USUAL))
                .build();
    }

    private AtPort plug() {
        return module.connect(octets -> heard.append(new String(octets, StandardCharsets.ISO_8859_1)));
    }
}
