package dev.rootbeat.server.api;

import dev.rootbeat.rot.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The calls of the REST interface without HTTP, on the caller's thread: for the simulated world, in which nobody waits.
 * Everything else is as over HTTP: the contract, who the caller is, rates, the audit log.
 */
public final class LocalCalls {

    /** To read the document takes longer than a small world lives. */
    private static final class Shared {

        private static final Contract CONTRACT = new Contract(new OpenApi());
    }

    private static final int GOOD = 200;

    private final Api api;

    /** Answers calls; no HTTP limit but the rate of calls applies. */
    public LocalCalls(Services services) {
        this.api = new Api(services, Shared.CONTRACT, RestLimits.DEFAULT);
    }

    /**
     * What a call came to.
     *
     * @param status the HTTP status it would have
     * @param body the result; or an error, with Error, Message and where it has one Field
     */
    public record Answer(int status, JsonNode body) {

        /** Whether the call succeeded. */
        public boolean isGood() {
            return status == GOOD;
        }
    }

    /**
     * Makes a call.
     *
     * @param path such as {@code /v1/device/list}
     * @param token an AuthToken; null with the calls that need none
     * @param body JSON
     */
    public Answer call(String path, @Nullable String token, String body) {
        ApiAnswer answer =
                api.call(new ApiRequest(path, token, Bytes.of(body.getBytes(StandardCharsets.UTF_8)), null, null));
        return switch (answer) {
            case ApiAnswer.Success(JsonNode success) -> new Answer(GOOD, success);
            case ApiAnswer.Failure(ApiError error) -> refused(error);
            case ApiAnswer.TooMany _ -> refused(ApiError.tooMany());
        };
    }

    private static Answer refused(ApiError error) {
        return new Answer(error.status(), error.body());
    }
}
