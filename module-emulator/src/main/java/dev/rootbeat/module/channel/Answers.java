package dev.rootbeat.module.channel;

import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.rot.protocol.Response;
import dev.rootbeat.rot.protocol.Response.Code;
import dev.rootbeat.rot.protocol.SecureChannel.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Reads a CoAP answer as the protocol's. */
final class Answers {

    private Answers() {}

    /**
     * Codes that this protocol does not name count as the plain error of their class (RFC 7252, section 5.9). A success
     * other than 2.04 is no answer: there is nothing that it could mean.
     */
    static Outcome read(org.eclipse.californium.core.coap.Response answer) {
        Code code =
                named(answer.getCode().value).orElse(answer.isClientError() ? Code.BAD_REQUEST : Code.INTERNAL_ERROR);
        if (answer.isSuccess() && code != Code.CHANGED) {
            return new Outcome.NoAnswer("the server answered " + answer.getCode() + " to a POST that changes things");
        }
        Duration maxAge = switch (code) {
            // Where the option is missing it means its default of 60 s (RFC 7252, section 5.10.5).
            case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE ->
                Duration.ofSeconds(answer.getOptions().getMaxAge());
            case CHANGED, BAD_REQUEST, FORBIDDEN, NOT_FOUND, TOO_LARGE, INTERNAL_ERROR -> Duration.ZERO;
        };
        return new Outcome.Answered(new Response(code, maxAge, Bytes.of(answer.getPayload())));
    }

    private static Optional<Code> named(int octet) {
        return Arrays.stream(Code.values())
                .filter(code -> code.octet() == octet)
                .findFirst();
    }
}
