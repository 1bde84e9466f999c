package dev.rootbeat.server.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Receives webhooks on a real port, in a few lines of its own, and answers as the test wants. */
final class Receiver implements AutoCloseable {

    /** A request as it came, its header names in lower case. */
    record Request(String line, Map<String, String> headers, String body) {}

    /** Answers a request; may take its time, and ends with the socket. */
    @FunctionalInterface
    interface Answering {
        void answer(Socket to) throws IOException, InterruptedException;
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Answering answering;

    Receiver(Answering answering) throws IOException {
        this.answering = answering;
        threads.execute(this::accept);
    }

    /** Says this and hangs up. */
    static Answering saying(String response) {
        return to -> to.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/hook";
    }

    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
        threads.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            requests.add(read(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))));
            answering.answer(socket);
        } catch (IOException e) {
            // The sender has hung up, or the test is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(BufferedReader in) throws IOException {
        String line = line(in);
        var headers = new LinkedHashMap<String, String>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        var body = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
        int read = 0;
        while (read < body.length) {
            int more = in.read(body, read, body.length - read);
            if (more < 0) {
                throw new IOException("the body breaks off");
            }
            read += more;
        }
        return new Request(line, headers, new String(body));
    }

    private static String line(BufferedReader in) throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the request breaks off");
        }
        return line;
    }
}
