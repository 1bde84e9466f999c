package dev.rootbeat.server.event;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages over HTTP/1.1. An answer 2xx takes a message; redirects are not followed, and of an answer's body
 * {@value #MAX_BODY} octets are read at most.
 */
public final class HttpSender implements Sender, AutoCloseable {

    /** A receiver has nothing to say; what is short is read, so that the connection serves again. */
    static final int MAX_BODY = 16 * 1024;

    private final HttpClient http;
    private final ScheduledExecutorService executor;
    private final Targets targets;
    private final Duration timeout;

    /**
     * Makes a sender.
     *
     * @param executor runs it; it is not shut down by it
     * @param timeout how long an exchange may take as a whole; a connection must stand after half of it
     */
    public HttpSender(ScheduledExecutorService executor, Targets targets, Duration timeout) {
        this.executor = executor;
        this.targets = targets;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout.dividedBy(2))
                .executor(executor)
                .build();
    }

    @Override
    public CompletableFuture<Answer> send(Message message) {
        // Again, because the server may have been started with other targets since the webhook was created.
        Optional<String> problem = targets.problem(message.url());
        if (problem.isPresent()) {
            return CompletableFuture.completedFuture(new Answer.Failed("the URL " + problem.get()));
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(message.url()))
                .header("Content-Type", "application/json")
                .header("User-Agent", "rootbeat")
                .header(Message.SIGNATURE, message.signature())
                .POST(BodyPublishers.ofByteArray(message.body().toArray()))
                .build();
        CompletableFuture<HttpResponse<Boolean>> exchange = http.sendAsync(request, _ -> new LimitedBody(MAX_BODY));
        Future<?> deadline = executor.schedule(() -> exchange.cancel(true), timeout.toNanos(), TimeUnit.NANOSECONDS);
        return exchange.handle((response, failure) -> {
            deadline.cancel(false);
            return failure == null ? answer(response.statusCode()) : new Answer.Failed(reason(failure));
        });
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private static Answer answer(int status) {
        if (status >= 200 && status < 300) {
            return new Answer.Taken();
        }
        return new Answer.Failed(
                "it answered " + status + (status >= 300 && status < 400 ? ", and redirects are not followed" : ""));
    }

    private String reason(Throwable failure) {
        return switch (failure) {
            case CompletionException e when e.getCause() != null -> reason(e.getCause());
            case CancellationException _, HttpTimeoutException _ ->
                "there was no whole answer within " + timeout.toMillis() + " ms";
            case ConnectException _ -> "nobody listens there";
            default -> "the exchange broke off: " + describe(failure.getMessage());
        };
    }

    private static String describe(@Nullable String message) {
        return message == null ? "no reason is known" : message;
    }
}
