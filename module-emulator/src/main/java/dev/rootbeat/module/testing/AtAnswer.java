package dev.rootbeat.module.testing;

import java.util.List;

/**
 * What a module answered to a command line.
 *
 * @param lines the information lines
 * @param result the final result, such as {@code OK} or {@code +CME ERROR: unknown}; or a prompt, {@code >} or {@code @}
 */
public record AtAnswer(List<String> lines, String result) {

    /** Whether the final result is {@code OK}. */
    public boolean isOk() {
        return result.equals("OK");
    }
}
