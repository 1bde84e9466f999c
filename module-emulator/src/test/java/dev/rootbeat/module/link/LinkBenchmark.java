package dev.rootbeat.module.link;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.ModuleBuilder;
import dev.rootbeat.module.Product;
import dev.rootbeat.module.real.PluggedModule;
import dev.rootbeat.module.real.RealWorld;
import io.netty.channel.EventLoop;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prints what a thousand modules with open links cost; then asks one {@code AT} over its links, and prints how many answers
 * come in a second and how late, beside the same from an echo with no module behind it, in turns in the same run:
 *
 * <pre>mvn -B -ntp -pl module-emulator -am -Pbench-links verify -DskipTests</pre>
 *
 * <p>It takes a minute, and wants a machine that does nothing else.
 */
public final class LinkBenchmark {

    private static final byte[] AT = "AT\r".getBytes(StandardCharsets.ISO_8859_1);
    private static final int ANSWER_OCTETS = "\r\nOK\r\n".length();

    private LinkBenchmark() {}

    /** Measures everything. */
    public static void main(String[] args) throws IOException {
        measure(7, 20_000, 1000, System.out);
    }

    static void measure(int rounds, int trips, int modules, PrintStream out) throws IOException {
        crowd(modules, out); // first: what is resident shrinks no more
        out.printf(Locale.ROOT, "%-16s %10s %10s %10s%n", "", "a second", "p50 us", "p99 us");
        try (RealWorld world = RealWorld.open(1)) {
            PluggedModule module = world.start(LinkBenchmark::module);
            InetSocketAddress port = module.listen(Plugged.anyPort());
            try (var bare = new BareEcho.Tcp();
                    Host echo = Host.connect(bare.address());
                    Host host = Host.connect(port)) {
                compare("TCP", echo, host, rounds, trips, out);
            }
            Path terminal = module.openTerminal(null);
            try (var bare = new BareEcho.Pty();
                    Host echo = Host.open(bare.path());
                    Host host = Host.open(terminal)) {
                compare("PTY", echo, host, rounds, trips, out);
            }
        }
    }

    private static ModuleBuilder module(EventLoop loop) {
        return Module.builder(loop, InstantSource.system(), new SplittableRandom(1), (uid, key, on) -> {
                    throw new IllegalStateException("no Root of Trust, no channel");
                })
                .product(Product.SARA_R500E_01B);
    }

    /** Takes turns, so that both have the same luck with the machine; the first round of each warms up. */
    private static void compare(String link, Host echo, Host host, int rounds, int trips, PrintStream out)
            throws IOException {
        host.silenceEcho();
        var bare = new ArrayList<Figures>();
        var module = new ArrayList<Figures>();
        for (int round = 0; round <= rounds; round++) {
            Figures bareRound = echo.ask(trips);
            Figures moduleRound = host.ask(trips);
            if (round > 0) {
                bare.add(bareRound);
                module.add(moduleRound);
            }
        }
        Figures echoed = Figures.median(bare);
        Figures answered = Figures.median(module);
        echoed.print(link + " bare echo", out);
        answered.print(link + " module", out);
        out.printf(
                Locale.ROOT,
                "%-16s %10.2f %10.2f %10.2f%n",
                link + " ratio",
                echoed.perSecond / answered.perSecond,
                answered.p50 / echoed.p50,
                answered.p99 / echoed.p99);
    }

    /** Each module has a TCP port with a host that has asked it something. */
    private static void crowd(int modules, PrintStream out) throws IOException {
        var hosts = new ArrayList<Host>();
        try (RealWorld world = RealWorld.open(Runtime.getRuntime().availableProcessors())) {
            world.start(LinkBenchmark::module).listen(Plugged.anyPort()); // what is there once, is there now
            long heap = heap();
            long resident = resident();
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            for (int i = 0; i < modules; i++) {
                Host host = Host.connect(world.start(LinkBenchmark::module).listen(Plugged.anyPort()));
                hosts.add(host);
                host.silenceEcho();
                host.ask(1);
            }
            out.printf(
                    Locale.ROOT,
                    "%d modules with a host each: %d more threads, %.1f KiB of heap and %.1f KiB resident a module%n",
                    modules,
                    ManagementFactory.getThreadMXBean().getThreadCount() - threads,
                    (heap() - heap) / 1024.0 / modules,
                    (resident() - resident) / (double) modules);
        } finally {
            for (Host host : hosts) {
                host.close();
            }
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** In KiB. */
    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Of one round; times in microseconds. */
    private record Figures(double perSecond, double p50, double p99) {

        static Figures median(List<Figures> rounds) {
            return new Figures(
                    median(rounds.stream().mapToDouble(Figures::perSecond).toArray()),
                    median(rounds.stream().mapToDouble(Figures::p50).toArray()),
                    median(rounds.stream().mapToDouble(Figures::p99).toArray()));
        }

        private static double median(double... values) {
            Arrays.sort(values);
            return values[values.length / 2];
        }

        void print(String name, PrintStream out) {
            out.printf(Locale.ROOT, "%-16s %10.0f %10.1f %10.1f%n", name, perSecond, p50, p99);
        }
    }

    /** One who asks and waits, with blocking reads. */
    private record Host(InputStream in, OutputStream out) implements AutoCloseable {

        static Host connect(InetSocketAddress address) throws IOException {
            var socket = new Socket(address.getAddress(), address.getPort());
            socket.setTcpNoDelay(true);
            return new Host(socket.getInputStream(), socket.getOutputStream());
        }

        static Host open(Path terminal) throws IOException {
            return new Host(new FileInputStream(terminal.toFile()), new FileOutputStream(terminal.toFile()));
        }

        void silenceEcho() throws IOException {
            new Terminal(in, out).ask("ATE0");
        }

        Figures ask(int trips) throws IOException {
            long[] took = new long[trips];
            long start = System.nanoTime();
            long before = start;
            for (int i = 0; i < trips; i++) {
                out.write(AT);
                if (in.readNBytes(ANSWER_OCTETS).length < ANSWER_OCTETS) {
                    throw new IOException("the link ended");
                }
                long now = System.nanoTime();
                took[i] = now - before;
                before = now;
            }
            Arrays.sort(took);
            return new Figures(1e9 * trips / (before - start), took[trips / 2] / 1e3, took[trips * 99 / 100] / 1e3);
        }

        @Override
        public void close() throws IOException {
            in.close();
            out.close();
        }
    }
}
