package dev.rootbeat.module.channel;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.RotPublicUid;
import dev.rootbeat.rot.protocol.SecureChannel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.elements.util.StringUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secure channel of a device in the real world: CoAP over DTLS 1.2 with a pre-shared key, Connection ID, session
 * resumption and block-wise transfer (protocol, section 1). The socket opens with the first request.
 *
 * <p>A request that gets no answer in the time of an attempt is sent once more, the same octets on a new socket after a
 * full handshake: the server may have forgotten the session, and if it did not, it repeats its stored reply. The device
 * runs on the event loop: requests are sent from it, and outcomes are told on it.
 */
public final class DtlsChannel implements SecureChannel {

    private static final Logger LOG = LoggerFactory.getLogger(DtlsChannel.class);

    private final RotPublicUid uid;
    private final DevicePsk psk;
    private final InetSocketAddress server;
    private final EventLoop loop;
    private final Executor preparing;
    private final ChannelSettings settings;

    private @Nullable CoapsSession session;
    private @Nullable Call call;

    /**
     * Makes a channel that holds nothing yet.
     *
     * @param uid the device, whose 16 digits are the PSK identity
     * @param key tells the channel key of 16 octets, once per full handshake
     * @param server where the server listens, resolved
     * @param loop the device's executor, shared by many devices; never shut down by the channel
     * @param preparing prepares sessions, which takes long the first time: the loop has hosts to answer meanwhile
     */
    public DtlsChannel(
            RotPublicUid uid,
            Supplier<Bytes> key,
            InetSocketAddress server,
            EventLoop loop,
            Executor preparing,
            ChannelSettings settings) {
        this.uid = uid;
        this.psk = new DevicePsk(uid, key);
        this.server = server;
        this.loop = loop;
        this.preparing = preparing;
        this.settings = settings;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if a request is under way, or the caller is not on the event loop
     */
    @Override
    public void send(Request request, Consumer<Outcome> outcome) {
        if (!loop.inEventLoop()) {
            throw new IllegalStateException("a device sends on its event loop");
        }
        if (call != null) {
            throw new IllegalStateException("a request is under way");
        }
        call = new Call(request, outcome);
        call.post();
    }

    /** {@inheritDoc} May be called from any thread. The next request, if there is one, opens a new session. */
    @Override
    public void close() {
        if (!loop.inEventLoop()) {
            loop.execute(this::close);
            return;
        }
        if (call != null) {
            call.cancel();
            call = null;
        }
        dropSession();
    }

    private void dropSession() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    /** A request, the attempts to get it answered, and their timers. */
    private final class Call {

        private final Request request;
        private final Consumer<Outcome> outcome;
        private final ScheduledFuture<?> attemptTimer;
        private final ScheduledFuture<?> totalTimer;
        private @Nullable Attempt current;
        private boolean repeated;

        Call(Request request, Consumer<Outcome> outcome) {
            this.request = request;
            this.outcome = outcome;
            this.attemptTimer = after(settings.attempt(), () -> failed("no answer in " + settings.attempt()));
            this.totalTimer = after(settings.total(), () -> giveUp("no answer in " + settings.total()));
        }

        private ScheduledFuture<?> after(Duration delay, Runnable task) {
            return loop.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        }

        void post() {
            Attempt attempt = new Attempt(this);
            current = attempt;
            if (session != null) {
                session.post(request, attempt);
                return;
            }
            preparing.execute(() -> {
                CoapsSession prepared = CoapsSession.prepare(psk, server, loop, settings);
                attempt.then(() -> open(prepared, attempt));
            });
        }

        private void open(CoapsSession prepared, Attempt attempt) {
            try {
                prepared.open();
            } catch (IOException e) {
                failed(Reasons.of(e));
                return;
            }
            session = prepared;
            prepared.post(request, attempt);
        }

        void failed(String why) {
            if (repeated) {
                giveUp(why);
            } else {
                LOG.debug("{}: {}; once more, with a full handshake", uid, why);
                repeated = true;
                attemptTimer.cancel(false);
                dropSession();
                post();
            }
        }

        private void giveUp(String why) {
            boolean refused = session != null && session.refused();
            dropSession();
            end(new Outcome.NoAnswer(refused ? why + "; nobody listens on " + StringUtil.toString(server) : why));
        }

        void end(Outcome result) {
            cancel();
            call = null;
            outcome.accept(result);
        }

        void cancel() {
            current = null;
            attemptTimer.cancel(false);
            totalTimer.cancel(false);
        }
    }

    /**
     * What CoAP tells about one attempt. It is acted upon only after CoAP is done with telling, because a session is
     * not taken down from within, and only if the attempt still counts.
     */
    private final class Attempt extends MessageObserverAdapter {

        private final Call owner;

        Attempt(Call owner) {
            this.owner = owner;
        }

        void then(Runnable action) {
            loop.execute(() -> {
                if (owner.current == this) {
                    action.run();
                }
            });
        }

        @Override
        public void onResponse(Response response) {
            if (response.getCode() == ResponseCode.REQUEST_ENTITY_INCOMPLETE) {
                then(() -> owner.failed("the server lost blocks of the request"));
            } else {
                then(() -> owner.end(Answers.read(response)));
            }
        }

        @Override
        public void onTimeout() {
            then(() -> owner.failed("the server does not acknowledge the request"));
        }

        @Override
        public void onReject() {
            then(() -> owner.failed("the server rejects the request"));
        }

        @Override
        public void onSendError(Throwable error) {
            then(() -> owner.failed(Reasons.of(error)));
        }

        @Override
        public void onResponseHandlingError(Throwable error) {
            then(() -> owner.giveUp(Reasons.of(error)));
        }
    }
}
