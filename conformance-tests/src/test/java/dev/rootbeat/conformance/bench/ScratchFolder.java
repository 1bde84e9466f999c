package dev.rootbeat.conformance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder for database files, on the disk that holds temporary files. */
record ScratchFolder(Path path) {

    static ScratchFolder create() {
        try {
            return new ScratchFolder(Files.createTempDirectory("rootbeat-bench"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String name) {
        return path.resolve(name);
    }

    void delete() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(path)) {
            files = found.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(path);
    }
}
