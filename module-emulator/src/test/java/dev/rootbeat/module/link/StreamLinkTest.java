package dev.rootbeat.module.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StreamLinkTest {

    private final Plugged plugged = new Plugged();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ThreadFactory factory = task -> {
        Thread thread = Plugged.THREADS.newThread(task);
        threads.add(thread);
        return thread;
    };

    @AfterEach
    void no_thread_is_left() throws InterruptedException {
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(5))).as(thread.getName()).isTrue();
        }
        plugged.close();
    }

    @Test
    void what_was_asked_before_the_end_of_the_stream_is_answered() throws Exception {
        var out = new ByteArrayOutputStream();
        var in = new ByteArrayInputStream("ATE0\rATI9\r".repeat(1000).getBytes(StandardCharsets.ISO_8859_1));
        try (StreamLink link = StreamLink.open(plugged.module, plugged.loop, in, out, factory)) {
            link.ended().get(10, TimeUnit.SECONDS);
        }
        assertThat(out.toString(StandardCharsets.ISO_8859_1).split("03.15,A00.01", -1))
                .hasSize(1001);
    }

    @Test
    void closing_ends_a_conversation_that_goes_on() throws IOException {
        var toModule = new PipedOutputStream();
        var fromModule = new PipedInputStream();
        var host = new Terminal(fromModule, toModule);
        StreamLink link = StreamLink.open(
                plugged.module,
                plugged.loop,
                new PipedInputStream(toModule),
                new PipedOutputStream(fromModule),
                factory);
        assertThat(host.ask("AT")).isEqualTo("AT\r\r\nOK\r\n");
        link.close();
        assertThat(link.ended()).isCompleted();
    }

    @Test
    void a_host_that_listens_no_more_ends_the_link() throws Exception {
        var toModule = new PipedOutputStream();
        var deaf = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        try (StreamLink link =
                StreamLink.open(plugged.module, plugged.loop, new PipedInputStream(toModule), deaf, factory)) {
            toModule.write("AT\r".getBytes(StandardCharsets.ISO_8859_1));
            toModule.flush();
            link.ended().get(10, TimeUnit.SECONDS);
        }
    }
}
