package dev.rootbeat.server.api;

import dev.rootbeat.rot.protocol.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A call as it comes in.
 *
 * @param authorization the Authorization header
 * @param body what should be JSON
 * @param requestId what the caller named the call, if it did so in a form that can be shown
 * @param address where it comes from
 */
record ApiRequest(
        String path,
        @Nullable String authorization,
        Bytes body,
        @Nullable String requestId,
        @Nullable String address) {

    /** Names it only: tokens and secrets must not reach a log. */
    @Override
    public String toString() {
        return "ApiRequest[" + path + ", " + body.size() + " octets from " + address + "]";
    }
}
