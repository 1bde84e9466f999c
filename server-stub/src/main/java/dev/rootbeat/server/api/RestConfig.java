package dev.rootbeat.server.api;

import dev.rootbeat.server.tls.TlsConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How a server serves operators.
 *
 * @param apiKey the API key of the first domain, which is made if it does not exist
 * @param apiSecret the API secret of the first domain
 * @param limits what the REST interface takes from callers
 * @param tls how it is protected
 * @param publicUrl where others reach it, without a slash at the end; null if that is where it listens
 */
public record RestConfig(
        String apiKey,
        String apiSecret,
        RestLimits limits,
        TlsConfig tls,
        @Nullable URI publicUrl) {

    /** Plain HTTP for those who reach the server where it listens. */
    public static RestConfig plain(String apiKey, String apiSecret, RestLimits limits) {
        return new RestConfig(apiKey, apiSecret, limits, new TlsConfig.None(), null);
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "RestConfig[" + apiKey + ", " + limits + ", " + tls + ", " + publicUrl + "]";
    }
}
