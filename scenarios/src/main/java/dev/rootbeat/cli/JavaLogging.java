package dev.rootbeat.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Hands what libraries log by {@code java.util.logging} to logback, whose levels then hold for all. Made by name. */
public final class JavaLogging {

    private static final String CONFIGURATION = "handlers=" + SLF4JBridgeHandler.class.getName() + "\n.level=INFO\n";

    /**
     * Configures {@code java.util.logging}.
     *
     * @throws IOException never
     */
    public JavaLogging() throws IOException {
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
