package dev.rootbeat.module.http;

import dev.rootbeat.rot.protocol.Bytes;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;

/**
 * What a host wants of a server.
 *
 * @param command of the host, with which it is told the outcome
 * @param path of printable characters without blanks
 * @param responseFile where the answer goes
 * @param contentType of what is sent; empty if nothing is
 */
public record HttpCall(
        int command, HttpMethod method, String path, String responseFile, String contentType, Bytes content) {

    FullHttpRequest request(HttpProfile profile) {
        var request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, method, path, Unpooled.wrappedBuffer(content.toArray()));
        if (!contentType.isEmpty()) {
            request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        }
        profile.addTo(request.headers());
        // How the message is delimited is not for the host to say.
        request.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
        request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (contentType.isEmpty()) {
            request.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        } else {
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.size());
        }
        return request;
    }
}
