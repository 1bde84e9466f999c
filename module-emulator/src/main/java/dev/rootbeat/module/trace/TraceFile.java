package dev.rootbeat.module.trace;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A trace in a file, where every line is to be seen as soon as it is written. Callable on any thread. */
public final class TraceFile implements Consumer<TraceLine>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TraceFile.class);

    private final Path file;
    private final BufferedWriter writer;
    private boolean broken;

    private TraceFile(Path file, BufferedWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /**
     * Begins a file; what it held before is lost.
     *
     * @throws IOException if it cannot be written
     */
    public static TraceFile create(Path file) throws IOException {
        return new TraceFile(file, Files.newBufferedWriter(file));
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException naming the line that is none of a trace
     */
    public static List<TraceLine> read(Path file) throws IOException {
        List<TraceLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            try {
                lines.add(TraceLine.parse(line));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ", line " + number + ": " + e.getMessage(), e);
            }
        }
        return lines;
    }

    /** Writes a line. A module does not stop because its trace cannot be written; that is logged once. */
    @Override
    public synchronized void accept(TraceLine line) {
        if (broken) {
            return;
        }
        try {
            writer.write(line.toString());
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            broken = true;
            LOG.error("the trace ends, because {} cannot be written: {}", file, e.toString());
        }
    }

    @Override
    public synchronized void close() throws IOException {
        broken = true;
        writer.close();
    }
}
