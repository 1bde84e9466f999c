package dev.rootbeat.sim;

import dev.rootbeat.rot.protocol.Request;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.RotPublicUid;
import org.jspecify.annotations.Nullable;

/**
 * A message on the simulated network.
 *
 * @param device the device that sends the request
 * @param request the request
 * @param response the answer to it; null if the message is the request itself
 */
public record Packet(
        RotPublicUid device, Request request, @Nullable Response response) {

    /** Returns the way that the message goes. */
    public Leg leg() {
        return response == null ? Leg.there(request) : Leg.back(request);
    }
}
