package dev.rootbeat.server.api;

/**
 * How a server serves operators.
 *
 * @param apiKey the API key of the first domain, which is made if it does not exist
 * @param apiSecret the API secret of the first domain
 * @param limits what the REST interface takes from callers
 */
public record RestConfig(String apiKey, String apiSecret, RestLimits limits) {

    /** Names no secret. */
    @Override
    public String toString() {
        return "RestConfig[" + apiKey + ", " + limits + "]";
    }
}
