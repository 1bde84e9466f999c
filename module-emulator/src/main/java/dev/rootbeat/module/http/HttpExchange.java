package dev.rootbeat.module.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rootbeat.module.network.Connection;
import dev.rootbeat.module.network.Dialer;
import dev.rootbeat.module.network.SocketError;
import dev.rootbeat.module.network.Timers;
import dev.rootbeat.rot.protocol.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its response (HTTP/1.1, RFC 9112). The response becomes octets: the status line and the header as they
 * came, a blank line, and the content without its transfer coding.
 */
final class HttpExchange implements Connection.Events {

    /** The longest status line, the longest header, and the largest piece of content that is decoded at once (ours). */
    private static final int MAX_LINE = 4096;

    private static final int MAX_HEADER = 8192;
    private static final int MAX_PIECE = 8192;

    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    private final EmbeddedChannel codec = new EmbeddedChannel(new HttpClientCodec(MAX_LINE, MAX_HEADER, MAX_PIECE));
    private final FullHttpRequest request;
    private final Duration timeout;
    private final boolean secure;
    private final int limit;
    private final Timers timers;
    private final Outcome outcome;
    private final ByteArrayOutputStream response = new ByteArrayOutputStream();
    private final Connection connection;
    private Timers.Timer timer;
    private boolean connected;
    private boolean interim;
    private boolean over;

    /** What an exchange comes to. It is told once, with the response if there is no error. */
    interface Outcome {
        void told(HttpError error, Bytes response);
    }

    /**
     * Dials the server of a profile.
     *
     * @param limit how many octets the response may have
     */
    HttpExchange(HttpProfile profile, HttpCall call, Dialer dialer, Timers timers, int limit, Outcome outcome) {
        Dialer.Server server = profile.server();
        this.request = call.request(profile);
        this.timeout = profile.timeout();
        this.secure = server.profile() != null;
        this.limit = limit;
        this.timers = timers;
        this.outcome = outcome;
        this.timer = timers.after(timeout, this::late);
        this.connection = dialer.dial(server, this);
    }

    /** Time counts from the last octet that came or went. */
    private void restartTimer() {
        timer.cancel();
        timer = timers.after(timeout, this::late);
    }

    private void late() {
        end(HttpError.CONNECTION);
    }

    @Override
    public void connected() {
        connected = true;
        codec.writeOutbound(request);
        for (ByteBuf out = codec.readOutbound(); out != null; out = codec.readOutbound()) {
            connection.send(ByteBufUtil.getBytes(out));
            out.release();
        }
        restartTimer();
    }

    @Override
    public void received(byte[] octets) {
        restartTimer();
        codec.writeInbound(Unpooled.wrappedBuffer(octets));
        takeDecoded();
    }

    /** The end of the connection may be the end of the content (RFC 9112, section 6.3). */
    @Override
    public void ended(SocketError why) {
        if (connected && why == SocketError.NONE) {
            codec.finish();
            takeDecoded();
        }
        end(HttpError.of(why, secure && !connected));
    }

    private void takeDecoded() {
        for (HttpObject part = codec.readInbound(); part != null; part = codec.readInbound()) {
            try {
                take(part);
            } finally {
                ReferenceCountUtil.release(part);
            }
        }
    }

    private void take(HttpObject part) {
        if (part.decoderResult().isFailure()) {
            LOG.info("the answer is no HTTP: {}", part.decoderResult().cause().toString());
            end(HttpError.INTERNAL);
            return;
        }
        if (part instanceof HttpResponse head) {
            interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (!interim) {
                write(text(head).getBytes(ISO_8859_1));
            }
        }
        if (part instanceof HttpContent content && !interim) {
            write(ByteBufUtil.getBytes(content.content()));
            if (content instanceof LastHttpContent) {
                end(HttpError.NONE);
            }
        }
    }

    private static String text(HttpResponse head) {
        var text = new StringBuilder(head.protocolVersion() + " " + head.status() + "\r\n");
        head.headers()
                .forEach(field -> text.append(field.getKey())
                        .append(": ")
                        .append(field.getValue())
                        .append("\r\n"));
        return text.append("\r\n").toString();
    }

    private void write(byte[] octets) {
        if (response.size() + octets.length > limit) {
            LOG.info("the answer has more than {} octets", limit);
            end(HttpError.INTERNAL);
        } else {
            response.writeBytes(octets);
        }
    }

    private void end(HttpError error) {
        if (!over) {
            over = true;
            timer.cancel();
            connection.close();
            codec.finishAndReleaseAll();
            if (!connected) {
                request.release();
            }
            outcome.told(error, Bytes.of(response.toByteArray()));
        }
    }
}
