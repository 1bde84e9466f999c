package dev.rootbeat.leaks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test class that leaves a thread or a socket behind. It is registered for every test class of every module: the
 * parent pom puts it on the class path and switches automatic registration on.
 */
public final class NoLeaks implements BeforeAllCallback, AfterAllCallback {

    /** What ends by itself has ended then; Netty's global executor, for one, takes a second. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** Daemon threads that somebody in this house starts; others belong to the platform or to the test runner. */
    private static final List<String> OURS = List.of("rootbeat", "multiThreadIoEventLoopGroup", "DTLS", "CoAP", "Coap");

    /** JUnit's own, for time-outs. */
    private static final String RUNNER = "junit-";

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Namespace HERE = Namespace.create(NoLeaks.class);

    /** JUnit makes it. */
    public NoLeaks() {}

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        // The platform keeps a socket of its own from the first channel on.
        DatagramChannel.open().close();
        context.getStore(HERE).put(Open.class, Open.now());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Open before = context.getStore(HERE).get(Open.class, Open.class);
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(GRACE)
                    .until(() -> Open.now().isWithin(before));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    context.getDisplayName() + " leaves behind " + Open.now().without(before), e);
        }
    }

    /** What is open at one moment: the names of threads, and sockets as the system numbers them. */
    private record Open(TreeSet<String> things) {

        static Open now() {
            var things = new TreeSet<String>();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                boolean ours = OURS.stream().anyMatch(thread.getName()::startsWith);
                if (ours || !(thread.isDaemon() || thread.getName().startsWith(RUNNER))) {
                    things.add("thread " + thread.getName() + " " + thread.threadId());
                }
            }
            if (Files.isDirectory(DESCRIPTORS)) {
                try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
                    descriptors
                            .map(Open::target)
                            .filter(target -> target.startsWith("socket:"))
                            .forEach(things::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return new Open(things);
        }

        private static String target(Path descriptor) {
            try {
                return Files.readSymbolicLink(descriptor).toString();
            } catch (IOException e) {
                // It was closed meanwhile.
                return "";
            }
        }

        boolean isWithin(Open before) {
            return before.things.containsAll(things);
        }

        TreeSet<String> without(Open before) {
            var more = new TreeSet<>(things);
            more.removeAll(before.things);
            return more;
        }
    }
}
