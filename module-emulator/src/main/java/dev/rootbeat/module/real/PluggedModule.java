package dev.rootbeat.module.real;

import dev.rootbeat.module.Module;
import dev.rootbeat.module.link.Link;
import dev.rootbeat.module.link.PtyLink;
import dev.rootbeat.module.link.StreamLink;
import dev.rootbeat.module.link.TcpLink;
import dev.rootbeat.module.trace.Difference;
import dev.rootbeat.module.trace.Replay;
import dev.rootbeat.module.trace.TraceLine;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A module of the real world, and what hosts are plugged into it. */
public final class PluggedModule implements AutoCloseable {

    private final Module module;
    private final EventLoop loop;
    private final RealWorld world;
    private final List<Link> links = new ArrayList<>();

    PluggedModule(Module module, EventLoop loop, RealWorld world) {
        this.module = module;
        this.loop = loop;
        this.world = world;
    }

    /** The module; most of its methods are for its own thread, see {@link #run}. */
    public Module module() {
        return module;
    }

    /**
     * Has hosts come to a TCP port.
     *
     * @param address port 0 for any that is free
     * @return where they come to
     * @throws IOException with a sentence that names the address, if it cannot be had
     */
    public InetSocketAddress listen(InetSocketAddress address) throws IOException {
        TcpLink port = TcpLink.listen(loop, module, address);
        links.add(port);
        return port.address();
    }

    /**
     * Has a host come to a pseudo-terminal.
     *
     * @param stable a symbolic link to make to it, or null for none
     * @return what the host is to open
     * @throws IOException with a sentence that says what is wrong, if there is none to be had or no link to be made
     */
    public Path openTerminal(@Nullable Path stable) throws IOException {
        PtyLink terminal = PtyLink.open(world.terminals(), loop, module, stable);
        links.add(terminal);
        return terminal.path();
    }

    /**
     * Plugs in a host at the other end of two streams.
     *
     * @return completes when the host has ended its stream, or listens no more
     */
    public CompletableFuture<Void> converse(InputStream in, OutputStream out) {
        StreamLink link = StreamLink.open(module, loop, in, out, world.threads());
        links.add(link);
        return link.ended();
    }

    /**
     * Plays the hosts of a trace to the module, all of them at once.
     *
     * @param script the lines of one module
     * @return where it answers otherwise, host by host, when all is said and answered
     * @throws IllegalArgumentException naming the line, if the trace hides what a host said
     */
    public CompletableFuture<List<Difference>> play(List<TraceLine> script) {
        var found = CompletableFuture.completedFuture(List.<Difference>of());
        for (int host : script.stream()
                .mapToInt(TraceLine::host)
                .filter(host -> host > 0)
                .distinct()
                .sorted()
                .toArray()) {
            found = found.thenCombine(
                    Replay.play(script, host, module, loop),
                    (before, more) ->
                            Stream.concat(before.stream(), more.stream()).toList());
        }
        return found;
    }

    /** Has the module's thread do something, and waits for it. What it throws is thrown here. */
    public void run(Runnable task) {
        this.<@Nullable Void>call(() -> {
            task.run();
            return null;
        });
    }

    /** Has the module's thread find something out, and waits for it. What it throws is thrown here. */
    public <T extends @Nullable Object> T call(Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(question, loop).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException thrown ? thrown : e;
        }
    }

    /** Unplugs the hosts and switches the module off. */
    @Override
    public void close() {
        links.forEach(Link::close);
        run(module::close);
    }
}
