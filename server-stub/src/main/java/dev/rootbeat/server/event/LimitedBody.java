package dev.rootbeat.server.event;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Throws a body away, and hangs up when it is longer than it should be; tells whether it was read to its end. */
final class LimitedBody implements BodySubscriber<Boolean> {

    private final CompletableFuture<Boolean> whole = new CompletableFuture<>();
    private final long limit;
    private long read;
    private Flow.@Nullable Subscription subscription;

    /**
     * Makes a subscriber for one body.
     *
     * @param limit how many octets to read at most
     */
    LimitedBody(long limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<Boolean> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        read += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (read > limit && subscription != null) {
            subscription.cancel();
            whole.complete(false);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(true);
    }
}
